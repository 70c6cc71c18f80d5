import { defineRule } from '../../engine/rule';
import type { Word } from '../../text/word';
import { lineEndOf } from '../shared/runLayout';

export default defineRule({
  meta: {
    id: 'split-entrypoint',
    group: 'style',
    severity: 'hint',
    recommended: false,
    since: '0.1.0',
    scope: 'stage',
    aliases: ['DF017'],
    fixable: 'unsafe',
    messages: {
      arguments: 'The arguments of ENTRYPOINT cannot be replaced by those of `docker run`',
      split: 'Move them into CMD',
    },
    docs: {
      description: 'Put default arguments into CMD',
      rationale:
        'What stands behind the name in `docker run` replaces CMD and is added to ENTRYPOINT. Arguments that a user may want to change belong into CMD. Off by default: some must not be changed.',
      fixSafety: 'Unsafe: arguments of `docker run` then replace them.',
      bad: ['FROM debian:12\nENTRYPOINT ["app", "--port", "80"]\n'],
      good: ['FROM debian:12\nENTRYPOINT ["app"]\nCMD ["--port", "80"]\n'],
      references: ['https://docs.docker.com/build/building/best-practices/#entrypoint'],
    },
  },
  visits: { keywords: ['ENTRYPOINT'] },
  create: ({ dockerfile, report }) => ({
    instruction(node) {
      if (node.form !== 'exec' || node.stage?.instructions.some(({ keyword }) => keyword === 'CMD')) return;
      const [program, ...others] = node.args;
      const first = others[0];
      // An interpreter without its script is no program; `tini --` and `sh -c` need theirs.
      if (
        !program ||
        !first?.value.startsWith('-') ||
        others.some(({ value }) => value === '--') ||
        first.value === '-c' ||
        first.value === '-jar'
      )
        return;
      if (/(?:java|node|python[\d.]*|ruby|perl|php|dotnet|sh|bash|tini|dumb-init)$/.test(program.value)) return;
      const text = (words: readonly Word[]): string =>
        `[${words.map((word) => JSON.stringify(word.value)).join(', ')}]`;
      report(first.span, 'arguments', {
        fix: node.onbuild
          ? undefined
          : {
              title: 'split',
              safety: 'unsafe',
              edits: [{ span: node.body, newText: `${text([program])}${lineEndOf(dockerfile)}CMD ${text(others)}` }],
            },
      });
    },
  }),
});
