import rule from '../../../server/src/rules/correctness/install-dev-dependencies';
import { buildContextOf } from '../../helpers/buildContext';
import { testRule } from '../../helpers/ruleTester';

const filesOf = (json: object) => buildContextOf({ 'package.json': JSON.stringify(json) });
const TYPESCRIPT = filesOf({ scripts: { build: 'tsc -p .' }, devDependencies: { typescript: '5' } });
const HEAD = 'FROM node:22\nENV NODE_ENV=production\nWORKDIR /a\nCOPY . .\n';

testRule(rule, {
  onbuild: false,
  docs: { buildContext: TYPESCRIPT },
  valid: [
    { code: `${HEAD}RUN npm ci\nRUN node build.js\n`, name: 'no build tool' },
    {
      code: 'FROM node:22\nRUN npm ci --only=production=false\nRUN npm run build\n',
      name: 'a value that npm does not know',
    },
    { code: `${HEAD}RUN yarn install\nRUN yarn tsc\n`, name: 'Yarn of any version, without its files' },
    { code: `${HEAD}RUN npm ci --include=dev\nRUN npx tsc\n`, name: 'with them, without its files' },
    'FROM node:22\nCOPY . .\nRUN npm ci\nRUN npx tsc\n',
    'FROM node:22\nCOPY . .\nRUN npm ci && npm run build && npm prune --omit=dev\n',
    { code: `${HEAD}RUN npm ci --include=dev\nRUN npm run build\n`, buildContext: TYPESCRIPT },
    { code: `${HEAD}RUN NODE_ENV=development npm ci\nRUN npm run build\n`, buildContext: TYPESCRIPT },
    { code: `${HEAD}RUN npm ci && npm install -g typescript\nRUN npm run build\n`, buildContext: TYPESCRIPT },
    { code: `${HEAD}RUN yarn install\nRUN yarn build\n`, name: 'Yarn of any version', buildContext: TYPESCRIPT },
    {
      code: `${HEAD}RUN npm ci && npm run build\n`,
      name: 'a dependency',
      buildContext: filesOf({ scripts: { build: 'tsc' }, dependencies: { typescript: '5' } }),
    },
  ],
  invalid: [
    {
      name: 'a script, without its files',
      code: `${HEAD}RUN npm ci\nRUN npm run build\n`,
      findings: [{ messageId: 'without', at: 'npm run build', severity: 'info' }],
      output: `${HEAD}RUN npm ci --include=dev\nRUN npm run build\n`,
    },
    ...[
      ['npx tsc -b', 'npm ci', 'npm ci --include=dev'],
      ['pnpm exec vite build', 'pnpm install', 'pnpm install --prod=false'],
      ['yarn tsc', 'yarn install --frozen-lockfile', 'yarn install --production=false --frozen-lockfile'],
      ['./node_modules/.bin/webpack', 'npm ci', 'npm ci --include=dev'],
    ].map(([build = '', install, all]) => ({
      name: `${build}, without its files`,
      code: `${HEAD}RUN ${install}\nRUN ${build}\n`,
      findings: [{ messageId: 'without' as const, at: build, severity: 'warning' as const }],
      output: `${HEAD}RUN ${all}\nRUN ${build}\n`,
    })),
    {
      name: 'left out on purpose',
      code: 'FROM node:22\nCOPY . .\nRUN npm ci --omit=dev\nRUN npx tsc\n',
      findings: [
        {
          messageId: 'without',
          at: 'npx tsc',
          data: { command: 'npx tsc', cause: 'npm ci --omit=dev' },
          severity: 'warning',
        },
      ],
      output: null,
    },
    {
      code: `${HEAD}RUN npm ci\nRUN npm run build\n`,
      name: 'npm',
      buildContext: TYPESCRIPT,
      findings: [{ messageId: 'missing', at: 'npm run build', data: { script: 'build', name: 'typescript' } }],
      output: `${HEAD}RUN npm ci --include=dev\nRUN npm run build\n`,
    },
    {
      code: `${HEAD}RUN npm ci && npm run build\n`,
      name: 'a program with a package of its own that the project does not use',
      buildContext: filesOf({ scripts: { build: 'gulp' }, devDependencies: { gulp: '5' } }),
      findings: [{ messageId: 'missing', at: 'npm run build', data: { script: 'build', name: 'gulp' } }],
      output: `${HEAD}RUN npm ci --include=dev && npm run build\n`,
    },
    {
      code: `${HEAD}RUN pnpm install && pnpm build\n`,
      name: 'pnpm',
      buildContext: filesOf({ scripts: { build: 'rimraf dist && vite build' }, devDependencies: { vite: '7' } }),
      findings: [{ messageId: 'missing', at: 'pnpm build', data: { script: 'build', name: 'vite' } }],
      output: `${HEAD}RUN pnpm install --prod=false && pnpm build\n`,
    },
  ],
});
