import { defineRule } from '../../engine/rule';
import { heredocLines } from '../shared/heredocLines';

export default defineRule({
  meta: {
    id: 'no-trailing-whitespace',
    group: 'style',
    severity: 'hint',
    recommended: false,
    since: '0.1.0',
    aliases: ['tally:no-trailing-spaces'],
    fixable: 'safe',
    messages: {
      trailing: 'Blanks at the end of the line',
      remove: 'Remove them',
    },
    docs: {
      description: 'Leave no blanks at the end of a line',
      rationale:
        'They show up in every diff that touches the line, and behind an escape character they are easily taken for something that breaks it.',
      fixSafety:
        'Safe: Docker drops them. Lines of heredocs are left alone, and so is a line whose blank follows an escaped escape character.',
      bad: ['FROM alpine:3.20  \nRUN date\n'],
      good: ['FROM alpine:3.20\nRUN date\n', 'FROM alpine:3.20\nRUN cat <<EOF\ntext  \nEOF\n'],
      references: [],
    },
  },
  create: ({ report }) => ({
    file(dockerfile) {
      const { text, escape } = dockerfile;
      const isHeredoc = heredocLines(dockerfile);
      for (const { 0: blanks, index } of text.matchAll(/(?<![ \t])[ \t]+(?=\r?$)/gm)) {
        const before = text[index - 1];
        // `\\ ` would become `\\`, which some parsers read in another way.
        if (before === escape && text[index - 2] === escape) continue;
        if (isHeredoc(index)) continue;
        const span = { start: index, end: index + blanks.length };
        report(span, 'trailing', { fix: { title: 'remove', safety: 'safe', edits: [{ span, newText: '' }] } });
      }
    },
  }),
});
