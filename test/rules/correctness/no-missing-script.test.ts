import rule from '../../../server/src/rules/correctness/no-missing-script';
import { buildContextOf } from '../../helpers/buildContext';
import { testRule } from '../../helpers/ruleTester';

const buildContext = buildContextOf({
  'package.json': JSON.stringify({ scripts: { build: 'tsc', serve: 'node a.js' } }),
  'web/package.json': '{}',
});
const NODE = 'FROM node:24\nWORKDIR /a\n';
const ALL = `${NODE}COPY . .\n`;
const valid = (code: string) => ({ code, buildContext });
const invalid = (code: string, messageId: 'missing' | 'near', at: string) => ({
  code,
  buildContext,
  findings: [{ messageId, at }],
  output: null,
});

testRule(rule, {
  onbuild: false,
  escape: false,
  docs: { buildContext },
  valid: [
    { code: `${ALL}RUN npm run compile\n`, name: 'without its files' },
    valid(`${ALL}RUN npm run build && npm run -s serve\n`),
    // npm starts server.js, and has `env` itself.
    valid(`${ALL}RUN npm run env\nCMD ["npm", "run", "start"]\n`),
    valid(`${ALL}RUN npm run compile --if-present\n`),
    valid(`${ALL}RUN npm run --prefix web compile\n`),
    valid(`${ALL}RUN pnpm -r run compile\n`),
    // These run programs of packages, too.
    valid(`${ALL}RUN yarn run tsc && bun run tsc\n`),
    valid(`${ALL}RUN npm run compile || npm run build\n`),
    valid(`${ALL}RUN if [ -n "$A" ]; then npm run compile; fi\n`),
    valid(`${ALL}RUN npm run $NAME\n`),
    valid(`${ALL}RUN npm run restart\n`),
    valid(`${ALL}RUN npm run compile -ws\n`),
    valid(`${ALL}RUN pushd web && popd && npm run compile\n`),
    // The RUN goes on.
    valid(`${ALL}RUN npm run compile; npm run build\n`),
    valid(`${ALL}RUN (npm run compile) || true\n`),
    valid(`${ALL}RUN npm run compile && npm prune || true\n`),
    valid(`${ALL}RUN ! npm run compile\n`),
    // These may write package.json.
    valid(`${ALL}RUN node tools/prepare.js\nRUN npm run compile\n`),
    valid(`${ALL}RUN npm ci && \\\n  ./prepare.sh && npm run compile\n`),
    valid(`${ALL}RUN npx ng add pwa && npm run compile\n`),
    valid(`${ALL}COPY <<EOT package.json\n{"scripts":{"compile":"x"}}\nEOT\nRUN npm run compile\n`),
    // Another build sets the argument.
    valid(`${ALL.replace('WORKDIR', 'ARG APP=web\nWORKDIR')}WORKDIR /a/$APP\nRUN npm run compile\n`),
    valid(`FROM node:24\nARG APP=web\nWORKDIR /a\nCOPY \${APP} .\nRUN npm run compile\n`),
    valid(`${ALL}RUN npm pkg set scripts.compile=tsc && npm run compile\n`),
    valid(`${ALL}RUN --mount=type=bind,target=/a npm run compile\n`),
    valid(`${ALL}WORKDIR /b\nRUN npm run compile\n`),
    valid(`${NODE}RUN npm run compile\n`),
    valid(`${ALL}COPY --from=other /a .\nRUN npm run compile\n`),
    valid(`${NODE}COPY package.json ./\nADD https://a.b/c.tar.gz ./\nRUN npm run compile\n`),
    {
      name: 'Compose mounts the sources',
      code: `${ALL}CMD ["npm", "run", "compile"]\n`,
      buildContext,
      settings: { services: [{ mounts: [{ target: '/a', kind: 'bind' }], starts: [], isPrivileged: false }] },
    },
    {
      name: 'Compose starts another command',
      code: `${ALL}CMD npm run compile\n`,
      buildContext,
      settings: { services: [{ mounts: [], starts: ['npm run serve'], isPrivileged: false }] },
    },
  ],
  invalid: [
    invalid(`${ALL}RUN npm run compile\n`, 'missing', 'compile'),
    invalid(`${ALL}RUN pnpm run biuld\n`, 'near', 'biuld'),
    invalid(`${ALL}RUN cd web && npm run build\n`, 'missing', 'build'),
    invalid(`${ALL}RUN pushd web && npm run build\n`, 'missing', 'build'),
    invalid(`${ALL}RUN apk add make g++ && mkdir -p /data && npm run compile\n`, 'missing', 'compile'),
    invalid(`${ALL}RUN npx prisma generate && npm run compile\n`, 'missing', 'compile'),
    invalid(`${ALL}RUN npm run compile -- --if-present\n`, 'missing', 'compile'),
    invalid(`${ALL}CMD ["npm", "run", "dev"]\n`, 'missing', '"dev"'),
    // Through other stages.
    invalid(
      `FROM node:24 AS base\nWORKDIR /a\nCOPY package*.json ./\nFROM base AS build\nCOPY . .\nRUN npm run build\n${NODE}COPY --from=build /a/package.json ./\nCOPY --from=build /a/b.js ./\nCOPY --from=build /a/dist ./dist\nCMD npm run prod\n`,
      'missing',
      'prod',
    ),
  ],
});
