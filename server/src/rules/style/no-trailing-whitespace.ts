import { heredocLines } from '../../dockerfile/heredocLines';
import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'no-trailing-whitespace',
    group: 'style',
    severity: 'hint',
    recommended: false,
    since: '0.1.0',
    aliases: ['tally:no-trailing-spaces'],
    fixable: 'safe',
    formats: 'trailing-blanks',
    messages: {
      trailing: 'Trailing spaces',
      remove: 'Remove them',
    },
    docs: {
      description: 'Leave no spaces at the end of a line',
      rationale:
        'Trailing spaces appear in every diff that touches the line. After an escape character, they look as if they broke the continuation.',
      fixSafety: {
        safe: 'Docker drops them.',
        notes: 'Lines in heredocs, and lines whose spaces follow an escaped escape character, are not changed.',
      },
      bad: ['FROM alpine:3.20  \nRUN date\n'],
      good: ['FROM alpine:3.20\nRUN date\n', 'FROM alpine:3.20\nRUN cat <<EOF\ntext  \nEOF\n'],
      references: [],
    },
  },
  create: ({ report }) => ({
    file(dockerfile) {
      const { text, escape } = dockerfile;
      const isHeredoc = heredocLines(dockerfile);
      // Bounded: a line, a word or an instruction: 65,535 characters at most (dockerfile/limits.ts).
      for (const { 0: blanks, index } of text.matchAll(/(?<![ \t])[ \t]+(?=\r?$)/gm)) {
        const before = text[index - 1];
        // `\\ ` would become `\\`, which some parsers interpret differently.
        if (before === escape && text[index - 2] === escape) continue;
        if (isHeredoc(index)) continue;
        const span = { start: index, end: index + blanks.length };
        report(span, 'trailing', { fix: { title: 'remove', safety: 'safe', edits: [{ span, newText: '' }] } });
      }
    },
  }),
});
