import rule from '../../../server/src/rules/size/npm-clean-cache';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM node:20\nRUN npm ci && npm cache clean --force\n',
    'FROM node:20\nRUN npm ci && rm -rf /root/.npm\n',
    'FROM node:20\nRUN --mount=type=cache,target=/root/.npm npm ci\n',
    'FROM node:20\nRUN npm run build\n',
    'FROM node:20\nRUN npm ci --cache /tmp/npm\n',
    'FROM node:20 AS b\nRUN npm ci\nFROM node:20-slim\nCOPY --from=b /a /a\n',
  ],
  invalid: [
    {
      code: 'FROM node:20\nRUN npm ci\n',
      findings: [{ messageId: 'missing', at: 'ci' }],
      output: 'FROM node:20\nRUN npm ci && npm cache clean --force\n',
    },
    {
      code: 'FROM node:20\nRUN npm install -g yarn && \\\n    npm install && \\\n    npm run build\n',
      findings: [{ messageId: 'missing', at: ['install', 2] }],
      output:
        'FROM node:20\nRUN npm install -g yarn && \\\n    npm install && \\\n    npm run build && \\\n    npm cache clean --force\n',
    },
  ],
});
