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
      chown: '`--chown={owner}` lets the program write its own files',
    },
    docs: {
      description: 'Leave copied programs to root',
      rationale:
        'What the user of the container owns it can change: whoever breaks into the program can replace it. Off by default: files that the program must write have to be its own.',
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
