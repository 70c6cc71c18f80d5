import { lineEndOf } from '../../dockerfile/edits/runLayout';
import { defineRule } from '../../engine/rule';
import { phrase } from '../../l10n/phrase';

export default defineRule({
  meta: {
    id: 'require-syntax-directive',
    group: 'maintainability',
    severity: 'hint',
    recommended: false,
    since: '0.1.0',
    aliases: [],
    fixable: 'unsafe',
    messages: {
      missing: '{feature} needs a recent builder, and no `# syntax=` requests one',
      add: 'Add `# syntax=docker/dockerfile:1`',
    },
    docs: {
      description: 'Declare the Dockerfile syntax version',
      rationale:
        'Heredocs, mounts and `--link` were added in newer versions of the Dockerfile syntax. With the directive, an older BuildKit fetches a version that supports them. Off by default, because current builders support them.',
      fixSafety: { unsafe: 'the builder then fetches the frontend from Docker Hub.' },
      bad: ['FROM debian:12\nRUN <<EOF\napp\nEOF\n'],
      good: ['# syntax=docker/dockerfile:1\nFROM debian:12\nRUN <<EOF\napp\nEOF\n'],
      references: ['https://docs.docker.com/reference/dockerfile/#syntax'],
    },
  },
  create: ({ dockerfile, report }) => ({
    file({ directives, stages }) {
      if (directives.some(({ name }) => name === 'syntax')) return;
      for (const node of stages.flatMap(({ instructions }) => instructions)) {
        const flag = node.flags.find(({ name }) => FLAGS.has(name));
        const heredoc = node.heredocs[0];
        const at = heredoc?.opener ?? flag?.span;
        if (!at) continue;
        const lineEnd = lineEndOf(dockerfile);
        // Insert after the other directives, which have to stay at the top.
        const last = directives.at(-1);
        const position = last?.span.end ?? 0;
        const newText = last ? `${lineEnd}# syntax=docker/dockerfile:1` : `# syntax=docker/dockerfile:1${lineEnd}`;
        report(at, 'missing', {
          data: { feature: heredoc ? phrase('A heredoc') : `\`--${flag?.name}\`` },
          fix: { title: 'add', safety: 'unsafe', edits: [{ span: { start: position, end: position }, newText }] },
        });
        return;
      }
    },
  }),
});

const FLAGS: ReadonlySet<string> = new Set([
  'mount',
  'link',
  'parents',
  'exclude',
  'checksum',
  'keep-git-dir',
  'unpack',
  'security',
  'device',
]);
