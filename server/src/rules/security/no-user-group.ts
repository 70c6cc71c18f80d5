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
      group: 'With a group in USER the other groups of `{user}` are left out',
    },
    docs: {
      description: 'Know that a group in USER drops the others',
      rationale:
        '`USER app` gives the process all groups of app. `USER app:app` gives it that one alone. Off by default: fewer groups are often what is meant.',
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
