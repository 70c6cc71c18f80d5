import { defineRule } from '../../engine/rule';

const COMMENT = /^(?:dockerfile-optimizer-ignore|hadolint\s+(?:\w+\s+)?ignore\s*=|checkov:skip\s*=|trivy:ignore:)/;

export default defineRule({
  meta: {
    id: 'no-suppression',
    group: 'maintainability',
    severity: 'info',
    recommended: false,
    since: '0.1.0',
    aliases: ['DL1001'],
    fixable: 'manual',
    messages: {
      suppression: 'This comment silences rules for a part of the file',
      decide: 'Mend what it hides, or decide in the configuration file for all files',
    },
    docs: {
      description: 'Do not silence rules with comments',
      rationale:
        'For teams that decide on rules in one place, the configuration file, and want to see every exception that a file makes for itself. Off by default: a comment with a reason beside it is a good way to keep an exception.',
      fixSafety: 'Explained only: whether to mend the finding or to keep the exception is for people to say.',
      bad: ['FROM debian:12\n# hadolint ignore=DL3008\nRUN apt-get update && apt-get install -y curl\n'],
      good: ['FROM debian:12\n# curl is for the health check\nRUN apt-get update && apt-get install -y curl\n'],
      references: ['https://github.com/hadolint/hadolint#inline-ignores'],
    },
  },
  create: ({ report }) => ({
    file({ comments }) {
      for (const { text, span } of comments) {
        if (COMMENT.test(text)) report(span, 'suppression', { fix: { title: 'decide', safety: 'manual' } });
      }
    },
  }),
});
