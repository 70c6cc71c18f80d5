import rule from '../../../server/src/rules/maintainability/no-dev-server';
import { buildContextOf } from '../../helpers/buildContext';
import { testRule } from '../../helpers/ruleTester';

const buildContext = buildContextOf({
  'package.json': JSON.stringify({
    scripts: {
      dev: 'vite',
      start: 'node server.js',
      web: 'cross-env PORT=1 react-scripts start',
      preview: 'vite preview',
    },
  }),
});
const node = (start: string, above = '') => `FROM node:24\nCOPY . .\n${above}CMD ${start}\n`;
const python = (start: string) => `FROM python:3.14\nCOPY . .\nCMD ${start}\n`;
const found = (code: string, at: string, severity: 'info' | 'warning' = 'info') => ({
  code,
  buildContext,
  findings: [{ messageId: 'found' as const, at, severity }],
});

testRule(rule, {
  onbuild: false,
  valid: [
    { code: node('["npm", "start"]'), buildContext },
    { code: node('["npm", "run", "preview"]'), buildContext },
    { code: node('["npm", "run", "dev"]'), name: 'without its files' },
    node('["npx", "next", "start"]'),
    node('["npx", "vite", "preview"]'),
    node('["npx", "next", "dev"]', 'ENV NODE_ENV=development\n'),
    'FROM node:24 AS dev\nCMD ["npx", "next", "dev"]\n',
    'FROM node:24 AS a\nCMD ["npx", "next", "dev"]\nFROM nginx:1.29\n',
    python('["gunicorn", "app:app"]'),
    python('["python", "manage.py", "migrate"]'),
    python('["uvicorn", "app:app"]'),
    { code: python('["flask", "run"]'), name: 'a file for development', settings: { isForDevelopment: true } },
    {
      code: node('["npx", "next", "dev"]'),
      name: 'mounted sources',
      settings: { services: [{ mounts: [{ target: '/app', kind: 'bind' }], starts: [], isPrivileged: false }] },
    },
    {
      code: node('["npx", "next", "dev"]'),
      name: 'Compose starts another command',
      settings: { services: [{ mounts: [], starts: ['next start'], isPrivileged: false }] },
    },
  ],
  invalid: [
    found(node('["npm", "run", "dev", "--", "--host"]'), '"dev"'),
    found(node('["npm", "run", "web"]'), '"web"'),
    found(node('["npx", "next", "dev"]', 'RUN npm ci && npm run build\n'), '"npx"', 'warning'),
    found(node('npx nodemon server.js'), 'npx'),
    found(python('["python", "manage.py", "runserver", "0.0.0.0:80"]'), '"python"'),
    found(python('["python", "-m", "flask", "--app", "web", "run"]'), '"python"'),
    found(python('["poetry", "run", "uvicorn", "app:app", "--host", "0.0.0.0", "--reload"]'), '"poetry"'),
    found('FROM php:8.4\nCOPY . .\nCMD ["php", "artisan", "serve"]\n', '"php"'),
  ],
});
