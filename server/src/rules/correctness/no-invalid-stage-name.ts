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
    messages: {
      invalid: '`{name}` is no name for a stage',
    },
    docs: {
      description: 'Begin stage names with a letter',
      rationale:
        'Docker takes names of letters, digits, `-`, `_` and `.` that begin with a letter, and refuses others.',
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
