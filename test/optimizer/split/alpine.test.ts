import { describe, expect, it } from 'vitest';
import { guardOf, planFor } from '../../helpers/plan';

const PACKAGE = JSON.stringify({
  scripts: { build: 'tsc' },
  dependencies: { express: '4' },
  devDependencies: { typescript: '5' },
});
const NODE = {
  'package.json': PACKAGE,
  'package-lock.json': '{}',
  'tsconfig.json': '{"compilerOptions":{"outDir":"dist","rootDir":"src"}}',
  'src/main.ts': 'export {};',
};

describe('images of Alpine', () => {
  it('run Node.js on the same image, without compilers and development packages', () => {
    const plan = planFor(
      'FROM node:18-alpine\nWORKDIR /app\nCOPY . .\nRUN apk add --no-cache python3 make g++\nRUN npm ci\nRUN npm run build\nCMD ["node", "dist/main.js"]\n',
      NODE,
    );
    const [final = ''] = plan.after.split(/^# Final stage.*$/m).slice(1);
    expect(final).toContain('FROM node:18-alpine');
    expect(final).toContain('COPY --chown=node:node --from=build /app/dist /app/dist');
    expect(final).not.toContain('apk');
  });

  it('say that compilers stay because the start is unknown', () => {
    const source = (name: string) =>
      `FROM python:3.12-alpine\nRUN apk add gcc musl-dev postgresql-dev\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\nCMD ["${name}"]\n`;
    const files = { 'requirements.txt': 'psycopg2\n', 'app.py': '' };
    expect(guardOf(planFor(source('./unheard-of'), files), 'multi-stage')).toBe(
      'cannot determine what the container starts',
    );
    expect(planFor(source('gunicorn'), files).after).toContain('# Final stage');
  });

  it('keep a package that a source calls', () => {
    const plan = planFor(
      'FROM node:18-alpine\nWORKDIR /app\nCOPY . .\nRUN apk add --no-cache python3 make g++\nRUN npm ci\nRUN npm run build\nCMD ["node", "dist/main.js"]\n',
      { ...NODE, 'src/main.ts': "import { execFile } from 'node:child_process';\nexecFile('python3', ['x.py']);" },
    );
    expect(plan.after).toContain('RUN apk add --no-cache python3\n');
  });

  it('have the libraries behind headers in the final stage of Python', () => {
    const plan = planFor(
      'FROM python:3.11-alpine\nWORKDIR /app\nRUN apk add --no-cache gcc musl-dev postgresql-dev\nCOPY . .\nRUN pip install -r requirements.txt\nCMD ["python", "app.py"]\n',
      { 'requirements.txt': 'psycopg2==2.9\n', 'app.py': 'import psycopg2\n' },
    );
    const [final = ''] = plan.after.split(/^# Final stage.*$/m).slice(1);
    expect(final).toContain('RUN apk add --no-cache libgcc libpq\n');
    expect(final).not.toContain('postgresql-dev');
  });

  it('are left alone where the libraries behind headers are not known', () => {
    const plan = planFor(
      'FROM python:3.11-alpine\nRUN apk add --no-cache gcc unheard-of-dev\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\nCMD ["python", "app.py"]\n',
      { 'requirements.txt': 'x==1\n', 'app.py': '' },
    );
    expect(guardOf(plan, 'multi-stage')).toBe('the runtime libraries for unheard-of-dev are unknown');
  });

  it('are left alone where compilers are taken out again in the same layer', () => {
    const plan = planFor(
      'FROM python:3.11-alpine\nWORKDIR /app\nCOPY requirements.txt .\nRUN apk add --no-cache libpq && apk add --no-cache --virtual .build gcc musl-dev postgresql-dev && pip install --no-cache-dir -r requirements.txt && apk del .build\nCOPY . .\nCMD ["python", "app.py"]\n',
      { 'requirements.txt': 'psycopg2==2.9\n', 'app.py': '' },
    );
    expect(plan.after.match(/^FROM/gm)).toHaveLength(1);
  });

  it('run Ruby with the libraries of its gems', () => {
    const plan = planFor(
      'FROM ruby:3.3-alpine\nRUN apk add --no-cache build-base libpq-dev tzdata\nWORKDIR /app\nCOPY Gemfile Gemfile.lock ./\nRUN bundle install\nCOPY . .\nCMD ["ruby", "app.rb"]\n',
      { Gemfile: "gem 'pg'\n", 'Gemfile.lock': 'GEM\n  specs:\n    pg (1.5.6)\n', 'app.rb': "require 'pg'\n" },
    );
    const [final = ''] = plan.after.split(/^# Final stage.*$/m).slice(1);
    expect(final).toContain('RUN apk add --no-cache libpq libstdc++ tzdata\n');
    expect(final).toContain('COPY --from=build /usr/local/bundle /usr/local/bundle');
  });
});
