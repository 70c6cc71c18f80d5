import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'no-unreachable-stage',
    group: 'maintainability',
    severity: 'info',
    recommended: true,
    since: '0.1.0',
    aliases: ['tally:no-unreachable-stages'],
    messages: {
      unreachable: 'Nothing uses the stage `{name}`',
    },
    docs: {
      description: 'Remove stages that nothing uses',
      rationale:
        'BuildKit does not build a stage that the final one does not need, so that whatever it does is not done. Stages with a name may be built by it (`--target`): nothing is said of them unless they stand between stages without one.',
      bad: ['FROM node:22 AS build\nRUN npm ci\nFROM alpine:3.20\nFROM debian:12\nCOPY --from=build /app /app\n'],
      good: ['FROM node:22 AS build\nRUN npm ci\nFROM debian:12\nCOPY --from=build /app /app\n'],
      references: [
        'https://docs.docker.com/build/building/multi-stage/#differences-between-legacy-builder-and-buildkit',
      ],
    },
  },
  create: ({ settings: { targetStage }, report }) => ({
    file({ stages }) {
      if (targetStage !== undefined) return;
      for (const { index, name, isFinal, usedBy, from } of stages) {
        if (!isFinal && name === undefined && usedBy.length === 0)
          report(from.keywordSpan, 'unreachable', { data: { name: index } });
      }
    },
  }),
});
