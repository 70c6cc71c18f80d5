import rule from '../../../server/src/rules/correctness/npm-node-version';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM node:24\nRUN npm install -g npm@latest pnpm\n',
    'FROM node:20\nRUN npm install -g npm@11\n',
    'FROM node:16\nRUN npm install -g pnpm@8.15.0\n',
    'FROM node:16\nRUN npm install -g npm || true\n',
    'FROM node:16\nRUN npm install npm\n',
    'FROM node\nRUN npm install -g npm\n',
    'FROM node:16\nRUN corepack enable pnpm\n',
    'FROM node:16\nRUN nvm install 24 && npm install -g npm\n',
    'FROM debian:13\nRUN npm install -g npm\n',
    'FROM node:16\nRUN npm install -g pnpm-shell\n',
  ],
  invalid: [
    {
      code: 'FROM node:18-alpine\nRUN npm install -g npm\n',
      findings: [{ messageId: 'old', at: ['npm', 2], data: { name: 'npm@latest', node: 18 } }],
      output: 'FROM node:18-alpine\nRUN npm install -g npm@10\n',
    },
    {
      code: 'FROM node:16 AS base\nFROM base\nRUN npm i -g turbo pnpm@latest && pnpm install\n',
      findings: [{ messageId: 'old', at: 'pnpm@latest', data: { name: 'pnpm@latest', node: 16 } }],
      output: 'FROM node:16 AS base\nFROM base\nRUN npm i -g turbo pnpm@8 && pnpm install\n',
    },
    {
      code: 'FROM node:16\nRUN corepack enable && corepack prepare pnpm@9.1.0 --activate\n',
      findings: [{ messageId: 'old', at: 'pnpm@9.1.0', data: { name: 'pnpm@9.1.0', node: 16 } }],
    },
    {
      code: 'FROM php:8.4\nRUN curl -sL https://deb.nodesource.com/setup_11.x | bash - && apt-get install -y nodejs && npm install npm@latest -g\n',
      onbuild: false,
      findings: [{ messageId: 'old', at: 'npm@latest', data: { name: 'npm@latest', node: 11 } }],
    },
  ],
});
