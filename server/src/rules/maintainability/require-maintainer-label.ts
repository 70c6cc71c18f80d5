import { inheritedInstructions } from '../../dockerfile/lineage';
import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'require-maintainer-label',
    group: 'maintainability',
    severity: 'hint',
    recommended: false,
    since: '0.1.0',
    aliases: ['sonar:S7028'],
    messages: {
      missing: 'No label names the maintainer',
    },
    docs: {
      description: 'Name the maintainer of the image in a label',
      rationale:
        'Anyone who runs the image, or finds a vulnerability in it, can see who to ask. `maintainer`, `org.opencontainers.image.authors` and `org.opencontainers.image.vendor` satisfy this rule. To require other labels, list them in `requiredLabels` ([require-label](require-label.md)). Off by default, because a pipeline often sets the labels.',
      bad: ['FROM debian:12\n'],
      good: ['FROM debian:12\nLABEL org.opencontainers.image.authors="team@example.com"\n'],
      references: [
        'https://docs.docker.com/reference/dockerfile/#maintainer-deprecated',
        'https://github.com/opencontainers/image-spec/blob/main/annotations.md',
      ],
    },
  },
  create: ({ report }) => ({
    stage(stage) {
      // A stage that others use as a base or copy from is not a separate image.
      if (stage.usedBy.length > 0) return;
      const labels = inheritedInstructions(stage).flatMap(({ keyword, pairs }) => (keyword === 'LABEL' ? pairs : []));
      if (!labels.some(({ name }) => MAINTAINER.test(name))) report(stage.from.keywordSpan, 'missing');
    },
  }),
});

const MAINTAINER = /^(?:maintainer|org\.opencontainers\.image\.(?:authors|vendor))$/i;
