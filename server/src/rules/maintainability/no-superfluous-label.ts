import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'no-superfluous-label',
    group: 'maintainability',
    severity: 'info',
    recommended: true,
    since: '0.1.0',
    scope: 'instruction',
    aliases: ['DL3050'],
    messages: {
      extra: 'Label `{label}` is none of those that the configuration names',
    },
    docs: {
      description: 'Set no labels but those that the configuration names',
      rationale:
        'For teams that keep their labels to a list (`requiredLabels` with `strictLabels`). Silent until both are set.',
      bad: ['FROM debian:12\nLABEL foo="bar"\n'],
      good: ['FROM debian:12\nLABEL org.opencontainers.image.source="https://example.com/app"\n'],
      references: ['https://docs.docker.com/reference/dockerfile/#label'],
    },
  },
  visits: { keywords: ['LABEL'] },
  create: ({ settings, report }) => ({
    instruction(node) {
      for (const pair of node.pairs) {
        if (settings.strictLabels && !settings.labelSchema.has(pair.name))
          report(pair.span, 'extra', { data: { label: pair.name } });
      }
    },
  }),
});
