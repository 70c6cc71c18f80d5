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
      reserved: '`{name}` is a name that Docker keeps for itself',
      rename: 'Rename the stage to `{wanted}`',
    },
    docs: {
      description: 'Name no stage scratch or context',
      rationale:
        '`FROM scratch` means the empty image and `--from=context` the build context: a stage of that name cannot be reached, and Docker refuses it.',
      fixSafety: 'Unsafe: somebody may build the stage by its name.',
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
