import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'no-empty-label',
    group: 'maintainability',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    scope: 'instruction',
    aliases: ['DL3051'],
    fixable: 'manual',
    messages: {
      empty: 'Label `{label}` has no value',
      value: 'Write `{label}=…` with a value, or remove the label',
    },
    advice: { empty: 'value' },
    docs: {
      description: 'Give required labels a value',
      rationale:
        'An empty label is one that someone meant to fill in. The rule checks the labels that the configuration names (`requiredLabels`).',
      fixSafety: { manual: 'only the author knows what is meant.' },
      bad: ['FROM debian:12\nLABEL version=""\n'],
      good: ['FROM debian:12\nLABEL version="1.2.0"\n'],
      references: ['https://docs.docker.com/reference/dockerfile/#label'],
    },
  },
  visits: { keywords: ['LABEL'] },
  create: ({ settings, report }) => ({
    instruction(node) {
      for (const pair of node.pairs) {
        const isKnown = settings.labelSchema.has(pair.name);
        if (isKnown && (pair.value ?? '') === '') report(pair.span, 'empty', { data: { label: pair.name } });
      }
    },
  }),
});
