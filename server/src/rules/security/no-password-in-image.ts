import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'no-password-in-image',
    group: 'security',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    scope: 'instruction',
    aliases: ['CKV2_DOCKER_17'],
    messages: {
      password: '`{command}` stores a password in the image',
    },
    docs: {
      description: 'Do not set user passwords in the image',
      rationale:
        'Anyone who has the image can read the password in the layer and in the history, and every container has the same password.',
      bad: ["FROM debian:12\nRUN echo 'root:secret' | chpasswd\n"],
      good: ['FROM debian:12\nRUN useradd app\n'],
      references: ['https://docs.docker.com/build/building/best-practices/#user'],
    },
  },
  create: ({ dockerfile: { text }, report }) => ({
    command(command, on) {
      if (on.keyword !== 'RUN') return;
      const [name] = command.words;
      const isPasswd = command.name === 'passwd' && command.words.slice(1).some(({ value }) => value === '--stdin');
      // A random password that nobody knows only makes the account usable.
      if (RANDOM.test(text.slice(on.span.start, on.span.end))) return;
      if (name && (command.name === 'chpasswd' || isPasswd))
        report(name.span, 'password', { data: { command: command.name } });
    },
  }),
});

const RANDOM = /\bopenssl\s+rand\b|\bpwgen\b|\/dev\/u?random\b|\buuidgen\b|\bmakepasswd\b|\bapg\b/;
