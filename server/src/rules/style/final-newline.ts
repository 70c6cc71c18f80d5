import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'final-newline',
    group: 'style',
    severity: 'hint',
    recommended: false,
    since: '0.1.0',
    aliases: ['tally:eol-last'],
    fixable: 'safe',
    messages: {
      missing: 'No line end behind the last line',
      add: 'Add a line end',
    },
    docs: {
      description: 'End the file with a line end',
      rationale:
        'A line that is added below then changes one line in the diff, not two, and `cat` and `>>` do what is meant.',
      fixSafety:
        'Safe: the last instruction stays what it is. A last line that ends in the escape character is left alone.',
      bad: ['FROM alpine:3.20\nRUN date'],
      good: ['FROM alpine:3.20\nRUN date\n'],
      references: [],
    },
  },
  create: ({ report }) => ({
    file({ text, escape, errors, instructions }) {
      if (instructions.length === 0 || text.endsWith('\n')) return;
      const at = { start: text.length, end: text.length };
      const isOpen = text.trimEnd().endsWith(escape) || errors.some(({ kind }) => kind === 'unterminated-heredoc');
      const newText = text.includes('\r\n') ? '\r\n' : '\n';
      report({ start: text.lastIndexOf('\n') + 1, end: text.length }, 'missing', {
        fix: isOpen ? undefined : { title: 'add', safety: 'safe', edits: [{ span: at, newText }] },
      });
    },
  }),
});
