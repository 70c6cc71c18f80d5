import { cacheUses, mountEdits } from '../../app/cacheMounts';
import { isBerry } from '../../app/yarnBerry';
import { defineRule } from '../../engine/rule';
import { readOptions, toolOf } from '../../shell/options';

export default defineRule({
  meta: {
    id: 'prefer-cache-mount',
    group: 'cache',
    severity: 'hint',
    recommended: false,
    since: '0.1.0',
    aliases: [
      'tally:prefer-package-cache-mounts',
      'tally:js/node-gyp-cache-mounts',
      'tally:gpu/prefer-uv-over-conda',
      'tally:ruby/prefer-bundler-cache-mount',
    ],
    fixable: 'unsafe',
    // A transform checks the whole stage instead.
    unsafeIn: 'never',
    messages: {
      download: '`{tool} {subcommand}` downloads everything again when a line above changes',
      mount: 'Add a cache mount',
    },
    docs: {
      description: 'Keep package manager caches in cache mounts',
      rationale:
        'A cache mount persists between builds and is not part of the image. When the step runs again, earlier downloads are still there.',
      fixSafety: {
        unsafe:
          'the step then needs BuildKit, and files that a later step reads from the cache are no longer in the layer.',
      },
      bad: ['FROM golang:1.22\nRUN go mod download\n'],
      good: ['FROM golang:1.22\nRUN --mount=type=cache,target=/go/pkg/mod go mod download\n'],
      references: ['https://docs.docker.com/build/cache/optimize/#use-cache-mounts'],
    },
  },
  visits: { keywords: ['RUN'] },
  create: ({ dockerfile, knowledge, buildContext, report }) => ({
    instruction(node) {
      if (node.flags.some(({ name }) => name === 'mount')) return;
      const uses = cacheUses(node, knowledge).filter(
        ({ tool }) => tool !== 'yarn' || !isBerry(dockerfile.text, buildContext),
      );
      const [first] = uses;
      if (!first) return;
      const { command } = first;
      const { subcommand, operands, has } = readOptions(command);
      if (has('--no-cache-dir', '--no-cache')) return;
      const folders = uses.map(({ cache }) => cache.folder);
      const edits = mountEdits(dockerfile, node, folders, knowledge);
      report(command.span, 'download', {
        data: { tool: toolOf(command).tool, subcommand: (subcommand ?? operands[0])?.value ?? '' },
        fix: edits && { title: 'mount', safety: 'unsafe', edits },
      });
    },
  }),
});
