import { lineEndOf } from '../../dockerfile/edits/runLayout';
import { defineRule } from '../../engine/rule';
import type { Word } from '../../text/word';

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
      arguments: '`docker run` cannot override the arguments of ENTRYPOINT',
      split: 'Move them to CMD',
    },
    docs: {
      description: 'Put default arguments into CMD',
      rationale:
        'Arguments after the image name in `docker run` replace CMD, but are added to ENTRYPOINT. Arguments that users may want to change belong in CMD. Off by default, because some arguments must not change.',
      fixSafety: { unsafe: 'arguments of `docker run` then replace them.' },
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
      // An interpreter needs its script; `tini --` and `sh -c` need their arguments.
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
