import { defineRule } from '../../engine/rule';
import { readOptions } from '../../shell/options';

export default defineRule({
  meta: {
    id: 'no-secret-in-url',
    group: 'security',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    scope: 'instruction',
    aliases: [],
    fixable: 'manual',
    messages: {
      login: 'This URL contains a password, which stays in the image history',
      connection: 'This connection string contains a password, which stays in the image',
      mount: 'Use `RUN --mount=type=secret`',
      pass: 'Pass it at run time, with `docker run --env`',
    },
    docs: {
      description: 'Keep passwords out of URLs and connection strings',
      rationale:
        'Every build command is part of the image history, and git and pip write the URLs that they use to files.',
      fixSafety: { manual: 'the build command has to change too.' },
      bad: [
        'FROM debian:12\nRUN curl -fO https://joe:s3cret@example.com/app.tgz\n',
        'FROM debian:12\nENV DB="Server=db;Database=app;User Id=app;Password=s3cret"\n',
      ],
      good: [
        'FROM debian:12\nRUN --mount=type=secret,id=netrc,target=/root/.netrc curl -nfO https://example.com/app.tgz\n',
      ],
      references: ['https://docs.docker.com/build/building/secrets/'],
    },
  },
  visits: { keywords: ['RUN', 'ADD', 'ENV', 'ARG', 'CMD', 'ENTRYPOINT'], tools: ['curl', 'wget'] },
  create: ({ dockerfile: { text }, report }) => ({
    instruction(node) {
      if (!/^(?:RUN|ADD|ENV|ARG|CMD|ENTRYPOINT)$/.test(node.keyword)) return;
      const source = text.slice(node.span.start, node.span.end);
      const title = /^(?:ENV|CMD|ENTRYPOINT)$/.test(node.keyword) ? 'pass' : 'mount';
      for (const { 0: match, 1: password = '', index } of source.matchAll(CONNECTION)) {
        const start = node.span.start + index + 1;
        if (isReal(password) && NAMES_SERVER.test(source))
          report({ start, end: start + match.length - 1 }, 'connection', { fix: { title, safety: 'manual' } });
      }
      if (!source.includes('://')) return;
      for (const { 0: match, 1: password = '', index } of source.matchAll(
        // Bounded: a line, a word or an instruction: 65,535 characters at most (dockerfile/limits.ts).
        /\b[a-z][a-z+]*:\/\/[\w.-]+:([^\s@/:'"]+)@[\w.-]/gi,
      )) {
        const start = node.span.start + index;
        if (isReal(password))
          report({ start, end: start + match.length - 2 }, 'login', { fix: { title, safety: 'manual' } });
      }
    },
    command(command) {
      const { option } = readOptions(command);
      const login = command.name === 'curl' ? option('-u', '--user') : option('--password', '--http-password');
      const password = command.name === 'curl' ? login?.value?.split(':')[1] : login?.value;
      if (login && password && isReal(password))
        report(login.word.span, 'login', { fix: { title: 'mount', safety: 'manual' } });
    },
  }),
});

/** The password in a connection string of ADO.NET or ODBC, or among the parameters of a JDBC URL. */
const CONNECTION = /[;?&](?:password|pwd)=([^\s;&"']+)/gi;
const NAMES_SERVER = /\b(?:server|host|data source|database)=|\bjdbc:/i;

/** False for a variable, a placeholder or a well-known default password. */
function isReal(password: string): boolean {
  return !/[$<>{}*]|^(?:password|passwd|pass|postgres|root|guest|user|admin|changeme|secret|example|x+|test)$/i.test(
    password,
  );
}
