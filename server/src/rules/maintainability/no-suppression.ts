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
      suppression: 'This comment suppresses rules for a part of the file',
      decide: 'Fix the suppressed finding, or configure the rule for all files',
    },
    docs: {
      description: 'Do not suppress rules with comments',
      rationale:
        'For teams that manage rules only in the configuration file and want to see every exception in a Dockerfile. Off by default, because a comment with a reason is a good way to document an exception.',
      fixSafety: { manual: 'you decide whether to fix the finding or to keep the exception.' },
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
