import { signalName } from '../../commands/signals';
import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'canonical-stopsignal',
    group: 'style',
    severity: 'hint',
    recommended: false,
    since: '0.1.0',
    scope: 'instruction',
    aliases: ['tally:prefer-canonical-stopsignal'],
    fixable: 'safe',
    messages: {
      other: 'The full name of `{signal}` is `{name}`',
      write: 'Write `{name}`',
    },
    docs: {
      description: 'Write the full name of a signal',
      rationale: '`15`, `TERM` and `SIGTERM` are the same signal. Manuals use the full name, and a search finds it.',
      fixSafety: { safe: 'the signal is the same.' },
      bad: ['FROM debian:12\nSTOPSIGNAL 15\n'],
      good: ['FROM debian:12\nSTOPSIGNAL SIGTERM\n'],
      references: ['https://docs.docker.com/reference/dockerfile/#stopsignal'],
    },
  },
  visits: { keywords: ['STOPSIGNAL'] },
  create: ({ report }) => ({
    instruction(node) {
      const [word] = node.args;
      const name = word?.isStatic ? signalName(word.text) : undefined;
      if (!word || name === undefined || name === word.text) return;
      report(word.span, 'other', {
        data: { signal: word.text, name },
        fix: { title: 'write', safety: 'safe', edits: [{ span: word.span, newText: name }] },
      });
    },
  }),
});
