import { EXPANDED_KEYWORDS } from '../../dockerfile/expandedKeywords';
import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'no-unsupported-modifier',
    group: 'correctness',
    severity: 'error',
    recommended: true,
    since: '0.1.0',
    scope: 'instruction',
    aliases: ['dockerfile-utils:UNSUPPORTED_MODIFIER'],
    fixable: 'manual',
    messages: {
      modifier: 'Docker does not support `{modifier}` in a variable, only `:-`, `:+` and `:?`',
      outside: 'Pass the finished value with --build-arg, or compute it in RUN',
    },
    advice: { modifier: 'outside' },
    docs: {
      description: 'Use only variable modifiers that Docker supports',
      rationale:
        'Docker expands variables itself and supports fewer modifiers than a shell. It rejects modifiers that it does not support.',
      fixSafety: { manual: 'only the author knows what is meant.' },
      bad: ['FROM debian:12\nENV A=${B:=c}\n'],
      good: ['FROM debian:12\nENV A=${B:-c}\n'],
      references: ['https://docs.docker.com/reference/dockerfile/#environment-replacement'],
    },
  },
  visits: { keywords: EXPANDED_KEYWORDS },
  create: ({ dockerfile: { text }, report }) => ({
    instruction(node) {
      if (node.heredocs.length > 0) return;
      const { start, end } = node.body;
      for (const { 0: match, 1: modifier = '', index } of text
        .slice(start, end)
        .matchAll(/(?<!\\)\$\{\w+(:[^-+?}]|[=@^,!*])/g)) {
        const at = start + index + match.length - modifier.length;
        report({ start: at, end: at + modifier.length }, 'modifier', { data: { modifier } });
      }
    },
  }),
});
