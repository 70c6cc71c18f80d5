import rule from '../../../server/src/rules/reproducibility/no-unread-lock-file';
import { buildContextOf } from '../../helpers/buildContext';
import { testRule } from '../../helpers/ruleTester';

const NPM = 'FROM node:22\nWORKDIR /a\nCOPY package.json *lock* ./\nRUN npm install --omit=dev\n';
const START = 'FROM node:22\nWORKDIR /a\nCOPY . .\nCMD npm run start\n';
const INSTALLS = JSON.stringify({ scripts: { start: 'npm install && node b.js', serve: 'node b.js' } });
const context = (...locks: string[]) =>
  buildContextOf({ 'package.json': INSTALLS, ...Object.fromEntries(locks.map((name) => [name, ''])) });

testRule(rule, {
  onbuild: false,
  docs: { buildContext: context('pnpm-lock.yaml') },
  valid: [
    { code: NPM, name: 'without its files' },
    { code: NPM, name: 'its own lock file', buildContext: context('pnpm-lock.yaml', 'package-lock.json') },
    {
      code: 'FROM node:22\nWORKDIR /a\nCOPY . .\nRUN pnpm import && pnpm install\n',
      buildContext: context('package-lock.json'),
    },
    { code: NPM, name: 'npm reads that of Yarn', buildContext: context('yarn.lock') },
    {
      code: NPM,
      name: 'not all files',
      buildContext: buildContextOf({ 'package.json': '{}', 'pnpm-lock.yaml': '' }, false),
    },
    {
      code: 'FROM node:22\nWORKDIR /a\nCOPY . .\nRUN npm install -g pnpm && npm i b && pnpm install\n',
      buildContext: context('pnpm-lock.yaml'),
    },
    {
      name: 'of another folder',
      code: NPM,
      buildContext: buildContextOf({ 'package.json': '{}', 'b/pnpm-lock.yaml': '' }),
    },
    { code: START, name: 'no other lock file at the start', buildContext: context() },
    {
      code: 'FROM node:22\nWORKDIR /a\nCOPY . .\nCMD ["npm", "run", "serve"]\n',
      buildContext: context('pnpm-lock.yaml'),
    },
  ],
  invalid: [
    {
      code: NPM,
      buildContext: context('pnpm-lock.yaml'),
      findings: [
        {
          messageId: 'build',
          at: 'npm install --omit=dev',
          data: { command: 'npm install', lock: 'pnpm-lock.yaml' },
        },
      ],
    },
    {
      code: 'FROM node:22\nWORKDIR /a\nCOPY . .\nRUN corepack enable && pnpm i\n',
      buildContext: context('package-lock.json'),
      findings: [{ messageId: 'build', at: 'pnpm i' }],
    },
    {
      name: 'in a script that the container starts',
      code: START,
      buildContext: context('bun.lock'),
      findings: [
        {
          messageId: 'start',
          at: 'npm run start',
          data: { command: 'npm install', lock: 'bun.lock', script: 'start' },
        },
      ],
    },
  ],
});
