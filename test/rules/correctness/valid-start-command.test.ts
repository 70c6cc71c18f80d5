import rule from '../../../server/src/rules/correctness/valid-start-command';
import { testRule } from '../../helpers/ruleTester';

const BUILT = 'FROM node:24 AS build\nWORKDIR /a\nCOPY . .\nRUN npm run build\n';
const shipped = (...lines: readonly string[]) =>
  `${BUILT}FROM node:24-slim\nWORKDIR /a\n${lines.map((line) => `${line}\n`).join('')}`;
const CONTENTS = 'COPY --from=build /a/dist .';
const START = 'CMD ["node", "dist/main.js"]';
const folder = { messageId: 'folder', at: '"dist/main.js"', data: { name: 'dist/main.js', folder: 'dist' } } as const;

testRule(rule, {
  onbuild: false,
  escape: false,
  valid: [
    'FROM debian:12\nCMD ["sh", "-c", "cd /a && b"]\n',
    'FROM debian:12\nENTRYPOINT ["/entrypoint.sh"]\nCMD ["source", "&&", "b"]\n',
    'FROM debian:12\nCMD . /a && b\n',
    'FROM alpine:3.22\nCMD source /a && b\n',
    'FROM debian:12\nRUN ln -sf /bin/bash /bin/sh\nCMD source /a && b\n',
    'FROM debian:12\nSHELL ["/bin/bash", "-c"]\nCMD source /a && b\n',
    'FROM debian:12\nCMD ["find", "/a", "-exec", "b", "{}", ";"]\n',
    'FROM debian:12\nCMD ["bash", "-c", "a", "&&", "b"]\n',
    'FROM debian:12\nCMD ["column", "-s", "|", "a"]\n',
    'FROM debian:12\nCMD ["bash", "-ec", "a", "|", "b"]\n',
    'FROM debian:12\nCMD ["/start.sh", "a", ">", "b"]\n',
    'FROM debian:12\nCMD ["test", ">"]\n',
    'FROM debian:12\nCMD ["env", "A=1", "app"]\n',
    'FROM debian:12\nENTRYPOINT ["app"]\nCMD ["A=1"]\n',
    shipped('COPY --from=build /a/dist ./dist', START),
    shipped('COPY --from=build /a/dist /a/dist/', CONTENTS, START),
    shipped(CONTENTS, 'CMD ["node", "main.js"]'),
    shipped(CONTENTS, 'RUN npm run build', START),
    shipped(CONTENTS, 'RUN --mount=type=bind,from=build,target=/b npm ci', START),
    shipped('COPY . .', CONTENTS, START),
    shipped(CONTENTS, 'WORKDIR /b', START),
    shipped('COPY --from=build /a/src .', 'CMD ["node", "src/main.js"]'),
    shipped(CONTENTS, START).replace('FROM node:24-slim', 'FROM me/base:1'),
    `${shipped(CONTENTS, START)}FROM debian:12\nCMD ["a"]\n`,
    {
      code: shipped(CONTENTS, START),
      settings: { services: [{ mounts: [{ target: '/a', kind: 'bind' }], starts: [], isPrivileged: false }] },
    },
  ],
  invalid: [
    { code: shipped(CONTENTS, START), findings: [folder] },
    { code: shipped('COPY package*.json ./', 'RUN npm ci --omit=dev', CONTENTS, START), findings: [folder] },
    {
      code: 'FROM debian:12\nCMD ["cd", "/a"]\n',
      findings: [{ messageId: 'builtin', at: '"cd"', data: { name: 'cd' } }],
    },
    {
      code: 'FROM node:22\nRUN ["npm", "ci", "&&", "npm", "test"]\nCMD ["npm", "a", "||", "b"]\n',
      findings: [
        { messageId: 'operator', at: '"&&"', data: { name: '&&' } },
        { messageId: 'operator', at: '"||"', data: { name: '||' } },
      ],
    },
    {
      code: 'FROM debian:12\nRUN ["/bin/bash", "./a", "|", "./b"]\nCMD ["/app", "-v", ".", ">>", "/log", "2>&1"]\n',
      findings: [
        { messageId: 'operator', at: '"|"', data: { name: '|' } },
        { messageId: 'operator', at: '">>"', data: { name: '>>' } },
      ],
    },
    {
      code: 'FROM debian:12\nCMD ["CONFIG=docker", "/app"]\n',
      findings: [{ messageId: 'variable', at: '"CONFIG=docker"', data: { name: 'CONFIG=docker' } }],
    },
    {
      code: 'FROM debian:12\nCMD source /a && b\n',
      findings: [{ messageId: 'bash', at: 'source', data: { name: 'source', shell: 'dash' } }],
    },
  ],
});
