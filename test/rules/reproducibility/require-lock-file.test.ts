import rule from '../../../server/src/rules/reproducibility/require-lock-file';
import { buildContextOf } from '../../helpers/buildContext';
import { testRule } from '../../helpers/ruleTester';

const PYTHON = 'FROM python:3.13\nWORKDIR /a\nCOPY . .\nRUN pip install poetry && poetry install\n';
const NODE = 'FROM node:22\nWORKDIR /a\nCOPY package*.json ./\nRUN npm ci\n';

testRule(rule, {
  onbuild: false,
  docs: { buildContext: buildContextOf({ 'pyproject.toml': '' }) },
  valid: [
    { code: PYTHON, name: 'without its files' },
    { code: PYTHON, name: 'locked', buildContext: buildContextOf({ 'pyproject.toml': '', 'poetry.lock': '' }) },
    { code: PYTHON, name: 'not all files', buildContext: buildContextOf({ 'pyproject.toml': '' }, false) },
    { code: NODE, name: 'no manifest', buildContext: buildContextOf({ 'b.js': '' }) },
    {
      code: 'FROM node:22\nWORKDIR /a\nCOPY package.json ./\nRUN npm install --package-lock-only && npm ci\n',
      buildContext: buildContextOf({ 'package.json': '{}' }),
    },
    { code: 'FROM node:22\nRUN npm install b\n', buildContext: buildContextOf({ 'package.json': '{}' }) },
  ],
  invalid: [
    {
      code: PYTHON,
      name: 'Poetry',
      buildContext: buildContextOf({ 'pyproject.toml': '' }),
      findings: [{ messageId: 'resolves', at: ['install', 2], severity: 'info' }],
    },
    {
      code: NODE,
      name: 'npm ci stops',
      buildContext: buildContextOf({ 'package.json': '{}' }),
      findings: [
        { messageId: 'fails', at: 'ci', severity: 'error', data: { command: 'npm ci', lock: 'package-lock.json' } },
      ],
    },
    {
      code: 'FROM php:8.4\nWORKDIR /a\nCOPY . .\nRUN composer install\n',
      buildContext: buildContextOf({ 'composer.json': '{}' }),
      findings: [{ messageId: 'resolves', at: 'install' }],
    },
  ],
});
