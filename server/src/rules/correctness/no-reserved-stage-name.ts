import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'no-reserved-stage-name',
    group: 'correctness',
    severity: 'error',
    recommended: true,
    since: '0.1.0',
    aliases: ['DL3063', 'ReservedStageName'],
    fixable: 'unsafe',
    messages: {
      reserved: '`{name}` is a reserved name',
      rename: 'Rename the stage to `{wanted}`',
    },
    docs: {
      description: 'Do not name a stage scratch or context',
      rationale:
        '`FROM scratch` means the empty image, and `--from=context` means the build context. A stage with one of these names cannot be referenced, and Docker rejects it.',
      fixSafety: { unsafe: 'someone may build the stage by its name.' },
      bad: ['FROM debian:12 AS scratch\n'],
      good: ['FROM debian:12 AS base\n'],
      references: ['https://docs.docker.com/reference/build-checks/reserved-stage-name/'],
    },
  },
  create: ({ report }) => ({
    stage({ name, nameSpan, usedBy }) {
      if (!nameSpan || (name !== 'scratch' && name !== 'context')) return;
      const wanted = `${name}-stage`;
      report(nameSpan, 'reserved', {
        data: { name, wanted },
        fix:
          usedBy.length === 0
            ? { title: 'rename', safety: 'unsafe', edits: [{ span: nameSpan, newText: wanted }] }
            : undefined,
      });
    },
  }),
});
