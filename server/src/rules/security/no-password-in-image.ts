import { defineRule } from '../../engine/rule';
import type { ShellCommand } from '../../shell/script';
import type { Span } from '../../text/span';
import type { Word } from '../../text/word';

export default defineRule({
  meta: {
    id: 'no-password-in-image',
    group: 'security',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    scope: 'instruction',
    aliases: ['CKV2_DOCKER_17'],
    fixable: 'manual',
    messages: {
      password: '`{command}` stores a password in the image',
      history: 'The password of `{command}` stays in the history of the image',
      mount: 'Read it from `RUN --mount=type=secret`, or set it when the container starts',
    },
    docs: {
      description: 'Do not set user passwords in the image',
      rationale:
        'Anyone who has the image can read the password in the layer and in the history, and every container has the same password.',
      fixSafety: { manual: 'the build command, or the start of the container, has to change too.' },
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
      const isSet = name && (command.name === 'chpasswd' || isPasswd);
      const written = isSet ? undefined : writtenPassword(command);
      // A random password that nobody knows only makes the account usable.
      if (!(isSet || written) || RANDOM.test(text.slice(on.span.start, on.span.end))) return;
      if (isSet)
        report(name.span, 'password', { data: { command: command.name }, fix: { title: 'mount', safety: 'manual' } });
      if (written)
        report(written.span, 'history', {
          // A database that only the build starts often has such a password.
          ...(COMMON.test(written.value) ? { severity: 'info' as const } : {}),
          data: { command: command.name },
          fix: { title: 'mount', safety: 'manual' },
        });
    },
  }),
});

/** The password on the command line of a client, if it is written out. */
function writtenPassword({ name, words, assignments }: ShellCommand): { value: string; span: Span } | undefined {
  if (name === 'htpasswd') return htpasswdOf(words);
  const variable = assignments.find((one) => /^(?:PGPASSWORD|MYSQL_PWD|SSHPASS|REDISCLI_AUTH)$/.test(one.name));
  if (variable?.value) return { value: variable.value, span: variable.span };
  const option = Object.hasOwn(OPTIONS, name) ? OPTIONS[name] : undefined;
  // `docker run -p` names a port.
  if (!option || (option === LOGIN && words.every(({ value }) => value !== 'login'))) return undefined;
  for (const [at, { value, span, isStatic }] of words.entries()) {
    const next = words[at + 1];
    const given = option.exec(value);
    if (!given || at === 0) continue;
    const password = given[1] === undefined ? next : { value: given[1], span, isStatic };
    if (password?.isStatic && /^[^-$*!]/.test(password.value)) return password;
  }
  return undefined;
}

/** `htpasswd -bc FILE USER PASSWORD` */
function htpasswdOf(words: readonly Word[]): Word | undefined {
  const last = words.at(-1);
  const isGiven = words.some(({ value }) => /^-[A-Za-z]{0,9}b[A-Za-z]{0,9}$/.test(value));
  return isGiven && last?.isStatic && words.length > 3 ? last : undefined;
}

const LOGIN = /^(?:-p|--password)$|^--password=(.+)$/;
const MYSQL = /^(?:-p|--password=)(.+)$/;

/** Options with the password behind them, or in the next word. */
const OPTIONS: Readonly<Record<string, RegExp>> = {
  mysql: MYSQL,
  mysqldump: MYSQL,
  mariadb: MYSQL,
  mysqladmin: /^(?:-p|--password=)(.+)$|^password$/,
  'mariadb-admin': /^(?:-p|--password=)(.+)$|^password$/,
  sshpass: /^-p(.+)?$/,
  'redis-cli': /^-a$/,
  mongo: /^(?:-p|--password)$|^--password=(.+)$/,
  mongosh: /^(?:-p|--password)$|^--password=(.+)$/,
  docker: LOGIN,
  podman: LOGIN,
  buildah: LOGIN,
  skopeo: LOGIN,
  helm: LOGIN,
  oc: LOGIN,
  sqlcmd: /^-P(.+)?$/,
  svn: /^--password=(.+)$|^--password$/,
  useradd: /^(?:-p|--password)$|^--password=(.+)$/,
  usermod: /^(?:-p|--password)$|^--password=(.+)$/,
};

const COMMON = /^(?:root|admin|password|passwd|secret|test|postgres|mysql|changeme|123456|1234)$/i;

const RANDOM = /\bopenssl\s+rand\b|\bpwgen\b|\/dev\/u?random\b|\buuidgen\b|\bmakepasswd\b|\bapg\b/;
