import rule from '../../../server/src/rules/reproducibility/no-uncopied-lock-file';
import { buildContextOf } from '../../helpers/buildContext';
import { testRule } from '../../helpers/ruleTester';

const yarn = buildContextOf({ 'package.json': '{}', 'yarn.lock': '', 'app.js': '' });
const poetry = buildContextOf({ 'pyproject.toml': '', 'poetry.lock': '', 'app.py': '' });
const NODE = 'FROM node:24\nWORKDIR /app\n';
const PYTHON = 'FROM python:3.14\nWORKDIR /app\n';

testRule(rule, {
  onbuild: false,
  docs: { buildContext: yarn },
  valid: [
    { code: `${NODE}COPY package.json yarn.lock ./\nRUN yarn install\n`, buildContext: yarn },
    { code: `${NODE}COPY package.json *.lock ./\nRUN yarn\n`, buildContext: yarn },
    { code: `${NODE}COPY . .\nRUN yarn install\n`, buildContext: yarn },
    { code: `${NODE}COPY package.json ./\nRUN yarn add a\n`, buildContext: yarn },
    { code: `${NODE}COPY package.json ./\nRUN npm install -g a\n`, buildContext: yarn },
    { code: `${NODE}COPY package.json ./\nRUN pnpm install\n`, buildContext: yarn },
    {
      code: `${NODE}COPY package.json ./\nRUN --mount=type=bind,target=/app/yarn.lock,source=yarn.lock yarn install\n`,
      buildContext: yarn,
    },
    {
      code: `FROM ${'node:24'} AS a\nFROM node:24\nCOPY --from=a /b ./\nCOPY package.json ./\nRUN yarn install\n`,
      buildContext: yarn,
    },
    { code: `${NODE}COPY package.json ./\nRUN yarn install\n`, buildContext: buildContextOf({ 'package.json': '{}' }) },
    `${NODE}COPY package.json ./\nRUN yarn install\n`,
    { code: `${PYTHON}COPY pyproject.toml ./\nRUN poetry lock && poetry install\n`, buildContext: poetry },
  ],
  invalid: [
    {
      code: `${NODE}COPY package.json ./\nRUN yarn install --frozen-lockfile\nCOPY . .\n`,
      buildContext: yarn,
      findings: [{ messageId: 'uncopied', at: 'install', data: { command: 'yarn install', lock: 'yarn.lock' } }],
    },
    {
      code: `${NODE}COPY package*.json ./\nRUN yarn\n`,
      buildContext: yarn,
      findings: [{ messageId: 'uncopied', at: 'yarn', data: { command: 'yarn', lock: 'yarn.lock' } }],
    },
    {
      code: 'FROM python:3.14 AS base\nWORKDIR /app\nCOPY pyproject.toml ./\nFROM base\nRUN poetry install --no-root\n',
      buildContext: poetry,
      findings: [{ messageId: 'uncopied', at: 'install', data: { command: 'poetry install', lock: 'poetry.lock' } }],
    },
  ],
});
