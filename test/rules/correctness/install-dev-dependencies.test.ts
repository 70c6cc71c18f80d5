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
    { code: `${HEAD}RUN npm ci\nRUN npm run build\n`, name: 'without its files' },
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
