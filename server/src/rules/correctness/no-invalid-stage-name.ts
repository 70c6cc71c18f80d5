import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'no-invalid-stage-name',
    group: 'correctness',
    severity: 'error',
    recommended: true,
    since: '0.1.0',
    scope: 'instruction',
    aliases: ['dockerfile-utils:INVALID_BUILD_STAGE_NAME'],
    fixable: 'manual',
    messages: {
      invalid: '`{name}` is not a valid stage name',
      letters: 'Begin with a letter; then use letters, digits, `-`, `_` and `.`',
    },
    advice: { invalid: 'letters' },
    docs: {
      description: 'Start stage names with a letter',
      rationale:
        'A stage name starts with a letter and contains letters, digits, `-`, `_` and `.`. Docker rejects other names.',
      fixSafety: { manual: 'only the author knows what is meant.' },
      bad: ['FROM debian:12 AS 1st\n'],
      good: ['FROM debian:12 AS first-1\n'],
      references: ['https://docs.docker.com/reference/dockerfile/#from'],
    },
  },
  visits: { keywords: ['FROM'] },
  create: ({ report }) => ({
    instruction(node) {
      const [, as, name] = node.args;
      if (!name || as?.value.toUpperCase() !== 'AS' || !name.isStatic) return;
      if (!/^[a-z][a-z0-9-_.]*$/i.test(name.value)) report(name.span, 'invalid', { data: { name: name.value } });
    },
  }),
});
