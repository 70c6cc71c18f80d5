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
      const mode = node.flags.find(({ name }) => name === 'chmod')?.value;
      for (const { name, value = '', span } of node.flags) {
        if (name !== 'chown') continue;
        const [user = '', group = ''] = value.split(':');
        const canWrite = !isRoot(user) || (!isRoot(group) && (mode === undefined || GROUP_WRITES.test(mode)));
        if (canWrite) report(span, 'chown', { data: { owner: value } });
      }
    },
  }),
});

const isRoot = (name: string): boolean => /^(?:root|0|)$/.test(name);
/** `775`, `g+w` */
const GROUP_WRITES = /^[0-7]{0,2}[2367][0-7]$|[ag][+=][rxX]*w/;
