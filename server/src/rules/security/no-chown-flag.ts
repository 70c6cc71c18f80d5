import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'no-chown-flag',
    group: 'security',
    severity: 'hint',
    recommended: false,
    since: '0.1.0',
    scope: 'instruction',
    aliases: ['sonar:S6504', 'kics:chown_flag_exists'],
    messages: {
      chown: '`--chown={owner}` lets the program modify its own files',
    },
    docs: {
      description: 'Leave copied programs owned by root',
      rationale:
        'An attacker who takes over the program can replace every file that its user owns. Off by default, because files that the program writes must belong to its user.',
      bad: ['FROM debian:12\nCOPY --chown=app:app app /srv/\n'],
      good: ['FROM debian:12\nCOPY app /srv/\n'],
      references: ['https://docs.docker.com/reference/dockerfile/#copy---chown---chmod'],
    },
  },
  visits: { keywords: ['COPY', 'ADD'] },
  create: ({ report }) => ({
    instruction(node) {
      for (const flag of node.flags) {
        if (flag.name === 'chown' && flag.value && !/^(?:root|0)(?::|$)/.test(flag.value))
          report(flag.span, 'chown', { data: { owner: flag.value } });
      }
    },
  }),
});
