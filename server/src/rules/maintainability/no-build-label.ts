import { defineRule } from '../../engine/rule';
import { type Phrase, phrase } from '../../l10n/phrase';

export default defineRule({
  meta: {
    id: 'no-build-label',
    group: 'maintainability',
    severity: 'hint',
    recommended: false,
    since: '0.1.0',
    scope: 'instruction',
    aliases: ['tally:labels/no-buildx-git-overlap', 'tally:labels/no-stale-base-digest'],
    messages: {
      stale: '`{name}` is hard-coded: it does not follow when the {what} changes',
    },
    docs: {
      description: 'Let the build set labels that describe the build',
      rationale:
        'The build knows the commit and the digest of the base image: `docker buildx build` and its GitHub action set these labels. A value in the file goes out of date.',
      bad: ['FROM debian:12\nLABEL org.opencontainers.image.revision=abc1234\n'],
      good: ['FROM debian:12\nARG REVISION\nLABEL org.opencontainers.image.revision=$REVISION\n'],
      references: ['https://github.com/opencontainers/image-spec/blob/main/annotations.md'],
    },
  },
  visits: { keywords: ['LABEL'] },
  create: ({ report }) => ({
    instruction(node) {
      for (const { name, value = '', nameSpan } of node.pairs) {
        const what = Object.hasOwn(WRITTEN, name) ? WRITTEN[name] : undefined;
        if (what !== undefined && value !== '' && !value.includes('$'))
          report(nameSpan, 'stale', { data: { name, what } });
      }
    },
  }),
});

const WRITTEN: Readonly<Record<string, Phrase>> = {
  'org.opencontainers.image.revision': phrase('commit'),
  'org.opencontainers.image.created': phrase('image'),
  'org.opencontainers.image.base.digest': phrase('base image'),
  'org.label-schema.vcs-ref': phrase('commit'),
  'org.label-schema.build-date': phrase('image'),
};
