import { lineage } from '../../dockerfile/lineage';
import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'require-label',
    group: 'maintainability',
    severity: 'info',
    recommended: true,
    since: '0.1.0',
    aliases: ['DL3049', 'sonar:S7028', 'DF074'],
    messages: {
      missing: 'Label `{label}` is missing',
    },
    docs: {
      description: 'Set the labels that the configuration requires',
      rationale:
        'Labels show who owns an image and where it comes from, without looking at the registry. List the labels in the configuration (`requiredLabels`). Without that list, this rule reports nothing.',
      bad: ['FROM debian:12\n'],
      good: ['FROM debian:12\nLABEL org.opencontainers.image.source="https://example.com/app"\n'],
      references: [
        'https://docs.docker.com/reference/dockerfile/#label',
        'https://github.com/opencontainers/image-spec/blob/main/annotations.md',
      ],
    },
  },
  create: ({ settings: { labelSchema }, report }) => {
    if (labelSchema.size === 0) return {};
    return {
      stage(stage) {
        // A stage that others use as a base or copy from is not a separate image.
        if (stage.usedBy.length > 0) return;
        const set = new Set(
          lineage(stage).flatMap(({ instructions }) =>
            instructions.flatMap((node) => (node.keyword === 'LABEL' ? node.pairs.map(({ name }) => name) : [])),
          ),
        );
        for (const label of labelSchema.keys())
          if (!set.has(label)) report(stage.from.keywordSpan, 'missing', { data: { label } });
      },
    };
  },
});
