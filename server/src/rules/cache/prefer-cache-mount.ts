import { packageCommand } from '../../commands/packageCommand';
import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'prefer-cache-mount',
    group: 'cache',
    severity: 'hint',
    recommended: false,
    since: '0.1.0',
    aliases: ['tally:prefer-package-cache-mounts', 'tally:js/node-gyp-cache-mounts', 'tally:gpu/prefer-uv-over-conda'],
    fixable: 'unsafe',
    messages: {
      download: '`{tool} {subcommand}` downloads everything again when a line above changes',
      mount: 'Keep its cache in a mount',
    },
    docs: {
      description: 'Keep the caches of package managers in mounts',
      rationale:
        'A cache mount lives on from build to build and is not in the image. What was downloaded once is there when the step has to run again.',
      fixSafety:
        'Unsafe: it needs BuildKit; the mount is where root keeps the cache, and another user has another folder.',
      bad: ['FROM golang:1.22\nRUN go mod download\n'],
      good: ['FROM golang:1.22\nRUN --mount=type=cache,target=/go/pkg/mod go mod download\n'],
      references: ['https://docs.docker.com/build/cache/optimize/#use-cache-mounts'],
    },
  },
  visits: { keywords: ['RUN'] },
  create: ({ report }) => ({
    instruction(node) {
      if (node.flags.some(({ name }) => name === 'mount')) return;
      for (const command of node.script?.commands ?? []) {
        const call = packageCommand(command, Object.keys(CACHES));
        const cache = call && CACHES[call.tool];
        if (!cache || !call.subcommand || !cache.subcommands.test(call.subcommand.value)) continue;
        if (call.has('--no-cache-dir', '--no-cache')) continue;
        const at = node.keywordSpan.end;
        const flags = cache.folders.map((folder) => ` --mount=type=cache,target=${folder}`).join('');
        report(command.span, 'download', {
          data: { tool: call.tool, subcommand: call.subcommand.value },
          fix:
            node.form === 'exec'
              ? undefined
              : { title: 'mount', safety: 'unsafe', edits: [{ span: { start: at, end: at }, newText: flags }] },
        });
        return;
      }
    },
  }),
});

/** Where root's caches are, by tool: each tool's own documentation. */
const CACHES: Readonly<Record<string, { readonly subcommands: RegExp; readonly folders: readonly string[] }>> = {
  pip: { subcommands: /^(?:install|wheel|download)$/, folders: ['/root/.cache/pip'] },
  uv: { subcommands: /^(?:sync|pip)$/, folders: ['/root/.cache/uv'] },
  npm: { subcommands: /^(?:ci|install|i)$/, folders: ['/root/.npm'] },
  yarn: { subcommands: /^install$/, folders: ['/usr/local/share/.cache/yarn'] },
  pnpm: { subcommands: /^(?:install|i)$/, folders: ['/root/.local/share/pnpm/store'] },
  go: { subcommands: /^(?:mod|build|install)$/, folders: ['/go/pkg/mod', '/root/.cache/go-build'] },
  cargo: { subcommands: /^(?:build|fetch|install)$/, folders: ['/usr/local/cargo/registry'] },
  composer: { subcommands: /^install$/, folders: ['/tmp/cache'] },
  mvn: { subcommands: /./, folders: ['/root/.m2'] },
  gradle: { subcommands: /./, folders: ['/root/.gradle'] },
  dotnet: { subcommands: /^(?:restore|build|publish)$/, folders: ['/root/.nuget/packages'] },
};
