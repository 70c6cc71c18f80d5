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
    formats: 'last-line',
    messages: {
      missing: 'No newline at the end of the file',
      add: 'Add a newline',
    },
    docs: {
      description: 'End the file with a newline',
      rationale:
        'A line that is added later then changes one line in the diff instead of two, and `cat` and `>>` work as expected.',
      fixSafety: {
        safe: 'the last instruction stays the same.',
        notes: 'There is no fix for a last line that ends with the escape character.',
      },
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
