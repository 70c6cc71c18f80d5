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
      extra: 'Label `{label}` is not in the configured list',
    },
    docs: {
      description: 'Set only labels that the configuration names',
      rationale:
        'For teams that limit their labels to a list (`requiredLabels` with `strictLabels`). Without both settings, this rule reports nothing.',
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
