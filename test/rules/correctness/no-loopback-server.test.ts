import rule from '../../../server/src/rules/correctness/no-loopback-server';
import { buildContextOf } from '../../helpers/buildContext';
import { testRule } from '../../helpers/ruleTester';

const PYTHON = 'FROM python:3.14-slim\n';
const NODE = 'FROM node:24-slim\nWORKDIR /app\nCOPY . .\n';
const scripts = (dev: string): string => JSON.stringify({ scripts: { dev } });

testRule(rule, {
  onbuild: false,
  escape: false,
  valid: [
    `${PYTHON}CMD ["uvicorn", "main:app", "--host", "0.0.0.0"]\n`,
    `${PYTHON}CMD ["uvicorn", "main:app", "--host=::"]\n`,
    `${PYTHON}CMD ["uvicorn", "main:app", "--uds", "/run/app.sock"]\n`,
    `${PYTHON}ENV UVICORN_HOST=0.0.0.0\nCMD ["uvicorn", "main:app"]\n`,
    `${PYTHON}CMD uvicorn main:app --host $HOST\n`,
    `${PYTHON}CMD nginx && uvicorn main:app\n`,
    `${PYTHON}CMD ["gunicorn", "app:app"]\n`,
    `${PYTHON}CMD ["python", "manage.py", "runserver", "0.0.0.0:8000"]\n`,
    `${PYTHON}CMD ["python", "manage.py", "runserver", "[::]:8000"]\n`,
    `${PYTHON}CMD ["fastapi", "run", "main.py"]\n`,
    `${PYTHON}CMD ["mkdocs", "serve"]\n`,
    `${PYTHON}CMD ["uvicorn", "main:app"]\nFROM debian:12\nCMD ["app"]\n`,
    'FROM jekyll/jekyll:4\nCMD ["jekyll", "serve"]\n',
    'FROM ruby:3.4\nENV RAILS_ENV=production\nCMD ["rails", "server"]\n',
    `${NODE}CMD ["npm", "run", "dev"]\n`,
    { code: `${NODE}CMD ["npx", "vite", "build"]\n`, buildContext: buildContextOf({ 'package.json': '{}' }) },
    {
      code: `${NODE}CMD ["npm", "run", "dev", "--", "--host"]\n`,
      buildContext: buildContextOf({ 'package.json': scripts('vite') }),
    },
    {
      code: `${NODE}CMD ["npm", "run", "dev"]\n`,
      buildContext: buildContextOf({ 'package.json': scripts('vite'), 'vite.config.ts': 'server: { host: true }' }),
    },
    {
      code: `${PYTHON}CMD ["uvicorn", "main:app"]\n`,
      settings: { services: [{ mounts: [], starts: ['uvicorn main:app --host 0.0.0.0'], isPrivileged: false }] },
    },
  ],
  invalid: [
    {
      code: `${PYTHON}CMD ["uvicorn", "main:app", "--port", "80"]\n`,
      findings: [{ messageId: 'loopback', at: '"uvicorn"', data: { server: 'uvicorn', address: '127.0.0.1' } }],
      output: `${PYTHON}CMD ["uvicorn", "main:app", "--port", "80", "--host", "0.0.0.0"]\n`,
    },
    {
      code: `${PYTHON}CMD exec poetry run uvicorn main:app\n`,
      findings: [{ messageId: 'loopback', at: 'uvicorn' }],
      output: `${PYTHON}CMD exec poetry run uvicorn main:app --host 0.0.0.0\n`,
    },
    {
      code: `${PYTHON}ENTRYPOINT ["python", "-u", "manage.py"]\nCMD ["runserver", "8000"]\n`,
      findings: [{ messageId: 'loopback', at: '"8000"' }],
      output: `${PYTHON}ENTRYPOINT ["python", "-u", "manage.py"]\nCMD ["runserver", "0.0.0.0:8000"]\n`,
    },
    {
      code: `${PYTHON}CMD ["flask", "--app", "app", "run"]\n`,
      findings: [{ messageId: 'loopback', at: '"flask"', data: { server: 'flask run', address: '127.0.0.1' } }],
      output: `${PYTHON}CMD ["flask", "--app", "app", "run", "--host", "0.0.0.0"]\n`,
    },
    {
      code: `${PYTHON}CMD ["gunicorn", "--bind=localhost:8000", "app:app"]\n`,
      findings: [
        { messageId: 'loopback', at: '"--bind=localhost:8000"', data: { server: 'gunicorn', address: 'localhost' } },
      ],
      output: `${PYTHON}CMD ["gunicorn", "--bind=0.0.0.0:8000", "app:app"]\n`,
    },
    {
      code: 'FROM php:8.4-cli\nCMD ["php", "artisan", "serve"]\n',
      findings: [{ messageId: 'loopback', at: '"artisan"' }],
      output: 'FROM php:8.4-cli\nCMD ["php", "artisan", "serve", "--host=0.0.0.0"]\n',
    },
    {
      code: 'FROM ruby:3.4\nCMD bundle exec rails s -p 3000\n',
      findings: [{ messageId: 'loopback', at: 'rails' }],
      output: 'FROM ruby:3.4\nCMD bundle exec rails s -p 3000 -b 0.0.0.0\n',
    },
    {
      code: `${NODE}CMD ["npm", "run", "dev"]\n`,
      buildContext: buildContextOf({ 'package.json': scripts('vite'), 'vite.config.ts': 'plugins: []' }),
      findings: [{ messageId: 'loopback', at: '"dev"', data: { server: 'vite', address: '127.0.0.1' } }],
    },
  ],
});
