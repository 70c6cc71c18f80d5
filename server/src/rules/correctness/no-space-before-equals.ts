import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'no-space-before-equals',
    group: 'correctness',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    scope: 'instruction',
    aliases: ['sonar:S6574', 'dockerfile-utils:SYNTAX_MISSING_EQUALS'],
    fixable: 'unsafe',
    unsafeIn: 'never',
    messages: {
      space: 'The space before `=` makes `=` part of the value',
      join: 'Write `{name}=`',
    },
    docs: {
      description: 'Put no space before the equals sign',
      rationale: '`ENV A =1` is the legacy form without an equals sign: A gets the value `=1`.',
      fixSafety: { unsafe: 'the variable then has a different value, the intended one.' },
      bad: ['FROM debian:12\nENV PORT =8080\n'],
      good: ['FROM debian:12\nENV PORT=8080\n'],
      references: ['https://docs.docker.com/reference/dockerfile/#env'],
    },
  },
  visits: { keywords: ['ENV', 'LABEL'] },
  create: ({ dockerfile: { text }, report }) => ({
    instruction(node) {
      const [pair] = node.pairs;
      if (!pair?.isLegacy || !pair.valueSpan || text[pair.valueSpan.start] !== '=') return;
      // `= 1` has blanks on both sides.
      const gap = /^=[ \t]*/.exec(text.slice(pair.valueSpan.start, pair.valueSpan.end))?.[0].length ?? 1;
      report(pair.span, 'space', {
        data: { name: pair.name },
        fix: {
          title: 'join',
          safety: 'unsafe',
          edits: [{ span: { start: pair.nameSpan.end, end: pair.valueSpan.start + gap }, newText: '=' }],
        },
      });
    },
  }),
});
