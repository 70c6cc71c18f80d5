import rule from '../../../server/src/rules/correctness/no-missing-start-file';
import { buildContextOf } from '../../helpers/buildContext';
import { testRule } from '../../helpers/ruleTester';

const buildContext = buildContextOf(
  {
    'package.json': '{}',
    'index.js': '',
    'api.ts': '',
    'main.py': '',
    'run.sh': '',
    'lib.jar': '',
    'web/Web.csproj': '<Project/>',
    '.gitignore': '/secret.js\n',
  },
  false,
  ['.git'],
);
const NODE = 'FROM node:24\nWORKDIR /app\n';
const ALL = `${NODE}COPY . .\n`;
const DOTNET = 'FROM mcr.microsoft.com/dotnet/aspnet:9.0\nCOPY --from=build /out .\n';
const start = (file: string, program = 'node') => `CMD ["${program}", "${file}"]\n`;
const valid = (code: string) => ({ code, buildContext });
const absent = (code: string, at: string, messageId: 'absent' | 'assembly' = 'absent') => ({
  code,
  buildContext,
  findings: [{ messageId, at }],
});

testRule(rule, {
  docs: { buildContext },
  onbuild: false,
  valid: [
    { code: `${ALL}${start('server.js')}`, name: 'without its files' },
    valid(`${ALL}${start('index.js')}`),
    valid(`${ALL}${start('main.py', 'python3')}`),
    // what the build or a person makes
    valid(`${ALL}${start('dist/main.js')}`),
    valid(`${ALL}${start('secret.js')}`),
    valid(`${ALL}${start('build/a.jar" , "b', 'java')}`),
    valid(`${ALL}RUN npx tsc\n${start('api.js')}`),
    valid(`${ALL}RUN npm run build\n${start('server/index.js')}`),
    valid(`${ALL}RUN ./make.sh\n${start('server.js')}`),
    valid(`${ALL}RUN echo 1 > server.js\n${start('server.js')}`),
    valid(`${ALL}RUN mv index.js server.js\n${start('server.js')}`),
    valid(`${ALL}COPY <<EOT server.js\n1\nEOT\n${start('server.js')}`),
    valid(`${ALL}ADD https://a.b/c.tgz ./\n${start('server.js')}`),
    valid(`${NODE}COPY index.js server.js\n${start('server.js')}`),
    valid(`${NODE}COPY --from=image/of:1 / /app\n${start('server.js')}`),
    valid(`${NODE}COPY --from=b /x/*.js ./\n${start('server.js')}`.replace('FROM', 'FROM node:24 AS b\nFROM')),
    valid(
      `FROM node:24 AS b\nCOPY index.js /x/server.js\nFROM node:24\nCOPY --from=b /x /app/\n${start('/app/server.js')}`,
    ),
    valid(`FROM team/node:24\nCOPY . .\n${start('server.js')}`),
    valid(`FROM node:24\nARG APP=web\nCOPY \${APP} .\n${start('server.js')}`),
    valid(`${ALL}CMD ["node", "-r", "server.js", "index.js"]\n`),
    valid(`${ALL}ENTRYPOINT ["/docker-entrypoint.sh"]\n`),
    // no source of that language
    valid(`FROM ruby:3\nCOPY . .\n${start('main.rb', 'ruby')}`),
    valid(`${DOTNET}ENTRYPOINT ["dotnet", "Web.dll"]\n`),
    {
      name: 'a name of its own',
      code: `${DOTNET}ENTRYPOINT ["dotnet", "Site.dll"]\n`,
      buildContext: buildContextOf({ 'Web.csproj': '<AssemblyName>Site</AssemblyName>', 'a.sln': '' }, false, ['.git']),
    },
    {
      ...valid(`${ALL}${start('server.js')}`),
      buildContext: buildContextOf({ 'index.js': '' }),
      name: 'another context',
    },
    {
      ...valid(`${ALL}${start('server.js')}`),
      name: 'mounted sources',
      settings: { services: [{ mounts: [{ target: '/app', kind: 'bind' }], starts: [], isPrivileged: false }] },
    },
  ],
  invalid: [
    absent(`${ALL}RUN npm ci && npm cache clean --force\n${start('server.js')}`, '"server.js"'),
    absent(`${ALL}RUN npm run build\n${start('server.js')}`, '"server.js"'),
    absent(`${NODE}COPY package.json ./\nCMD node --inspect=0.0.0.0 ./index.js\n`, './index.js'),
    absent(
      `FROM python:3.14\nWORKDIR /srv\nCOPY . /app\nRUN pip install flask\n${start('main.py', 'python')}`,
      '"main.py"',
    ),
    absent(
      'FROM python:3.14\nWORKDIR /app\nCOPY . .\nCMD ["fastapi", "run", "app/main.py", "--port", "80"]\n',
      '"app/main.py"',
    ),
    absent(`FROM debian:12\nCOPY . /app\nENTRYPOINT ["/app/start.sh"]\n`, '"/app/start.sh"'),
    absent(
      `FROM node:24 AS b\nCOPY index.js /x/\nFROM node:24\nCOPY --from=b /x/ /app/\n${start('/app/server.js')}`,
      '"/app/server.js"',
    ),
    absent(
      `FROM golang:1.25 AS b\nCOPY . /x\nRUN cd /x && go build -o /x/bin/a .\nFROM alpine:3.22\nCOPY --from=b /x /app\nCMD ["/app/begin.sh"]\n`,
      '"/app/begin.sh"',
    ),
    absent(`FROM eclipse-temurin:21\nCOPY lib.jar /\n${'CMD ["java", "-Xmx1g", "-jar", "app.jar"]\n'}`, '"app.jar"'),
    absent(`${DOTNET}ENTRYPOINT ["dotnet", "web.dll"]\n`, '"web.dll"', 'assembly'),
  ],
});
