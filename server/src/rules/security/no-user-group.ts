import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'no-user-group',
    group: 'security',
    severity: 'hint',
    recommended: false,
    since: '0.1.0',
    scope: 'instruction',
    aliases: ['tally:user-explicit-group-drops-supplementary-groups'],
    messages: {
      group: 'The group in USER drops the other groups of `{user}`',
    },
    docs: {
      description: 'Do not set a group in USER: it drops supplementary groups',
      rationale:
        '`USER app` gives the process all groups of app. `USER app:app` gives it only that group. Off by default, because fewer groups are often intended.',
      bad: ['FROM debian:12\nRUN useradd -G video app\nUSER app:app\n'],
      good: ['FROM debian:12\nRUN useradd -G video app\nUSER app\n'],
      references: ['https://docs.docker.com/reference/dockerfile/#user'],
    },
  },
  visits: { keywords: ['USER'] },
  create: ({ report }) => ({
    instruction(node) {
      const [word] = node.args;
      const [user = '', group] = word?.value.split(':') ?? [];
      if (word && group !== undefined && !/^\d*$/.test(user)) report(word.span, 'group', { data: { user } });
    },
  }),
});
