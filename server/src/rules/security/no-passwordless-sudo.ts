import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'no-passwordless-sudo',
    group: 'security',
    severity: 'info',
    recommended: true,
    since: '0.2.0',
    scope: 'instruction',
    aliases: [],
    fixable: 'manual',
    messages: {
      anything: '`NOPASSWD: ALL` gives root to any process of these users',
      narrow: 'Remove the entry, or list the commands that need root instead of ALL',
    },
    docs: {
      description: 'Do not let a user run every command with sudo',
      rationale:
        'USER limits what an attacker can do who takes over the program. With `NOPASSWD: ALL`, the same attacker runs `sudo` and is root. Do what needs root in a RUN above USER, or allow only the commands that need it. Images for development often accept this risk.',
      fixSafety: { manual: 'the Dockerfile does not say which commands need root at run time.' },
      bad: ['FROM debian:12\nRUN echo "app ALL=(ALL) NOPASSWD: ALL" > /etc/sudoers.d/app\n'],
      good: ['FROM debian:12\nRUN echo "app ALL=(root) NOPASSWD: /usr/sbin/nginx" > /etc/sudoers.d/app\n'],
      references: ['https://www.sudo.ws/docs/man/sudoers.man/#NOPASSWD_and_PASSWD'],
    },
  },
  visits: { keywords: ['RUN'] },
  create: ({ report }) => ({
    instruction({ script }) {
      for (const { words, name } of script?.commands ?? []) {
        const word = /^(?:echo|printf|sed|tee)$/.test(name) && words.find(({ value }) => GRANT.test(value));
        const apart = name === 'echo' && GRANT.test(words.map(({ value }) => value).join(' ')) && words[1];
        const found = word || apart;
        if (found) report(found.span, 'anything', { fix: { title: 'narrow', safety: 'manual' } });
      }
    },
  }),
});

/** The grant of all commands; a list of commands does not start with ALL. */
const GRANT = /\bNOPASSWD\s*:\s*ALL\b(?!\s*=)/;
