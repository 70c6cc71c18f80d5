import { isSignal } from '../../commands/signals';
import { inlineComments } from '../../dockerfile/inlineComments';
import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'valid-stopsignal',
    group: 'correctness',
    severity: 'error',
    recommended: true,
    since: '0.1.0',
    scope: 'instruction',
    aliases: ['dockerfile-utils:INVALID_SIGNAL'],
    fixable: 'manual',
    messages: {
      unknown: '`{signal}` is not a signal',
      name: 'Write a signal such as `SIGTERM`',
    },
    advice: { unknown: 'name' },
    docs: {
      description: 'Use a valid signal',
      rationale: 'Docker rejects a STOPSIGNAL that it does not know.',
      fixSafety: { manual: 'only the author knows what is meant.' },
      bad: ['FROM debian:12\nSTOPSIGNAL SIGSTOPPED\n'],
      good: ['FROM debian:12\nSTOPSIGNAL SIGQUIT\n'],
      references: ['https://docs.docker.com/reference/dockerfile/#stopsignal'],
    },
  },
  visits: { keywords: ['STOPSIGNAL'] },
  create: ({ dockerfile, report }) => ({
    instruction(node) {
      const [word] = node.args;
      const signal = word && node.expand(word.text);
      if (
        word &&
        signal !== undefined &&
        signal !== '' &&
        !isSignal(signal) &&
        inlineComments(dockerfile, node).length === 0
      )
        report(word.span, 'unknown', { data: { signal } });
    },
  }),
});
