import { heredocLines } from '../../dockerfile/heredocLines';
import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'no-multiple-blank-lines',
    group: 'style',
    severity: 'hint',
    recommended: false,
    since: '0.1.0',
    aliases: ['tally:no-multiple-empty-lines'],
    fixable: 'safe',
    formats: 'layout',
    messages: {
      blank: '{count} blank lines in a row',
      join: 'Keep one',
    },
    docs: {
      description: 'Leave at most one blank line in a row',
      rationale: 'One blank line separates steps. More of them only push the rest of the file off the screen.',
      fixSafety: { safe: 'Docker ignores blank lines.', notes: 'Lines in heredocs are not changed.' },
      bad: ['FROM alpine:3.20\n\n\nRUN date\n'],
      good: ['FROM alpine:3.20\n\nRUN date\n'],
      references: [],
    },
  },
  create: ({ report }) => ({
    file(dockerfile) {
      const isHeredoc = heredocLines(dockerfile);
      for (const { 0: lines, index } of dockerfile.text.matchAll(/(?<=\n)(?:[ \t]*\r?\n){2,}/g)) {
        if (isHeredoc(index)) continue;
        const count = lines.split('\n').length - 1;
        const kept = lines.indexOf('\n') + 1;
        const span = { start: index + kept, end: index + lines.length };
        report(span, 'blank', {
          data: { count },
          fix: { title: 'join', safety: 'safe', edits: [{ span, newText: '' }] },
        });
      }
    },
  }),
});
