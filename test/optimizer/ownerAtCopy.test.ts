import { expect, test } from 'vitest';
import { planFor } from '../helpers/plan';

const APP = { 'package.json': '{"dependencies":{"express":"4"}}', 'package-lock.json': '{}', 'index.js': 'listen()' };
const MAKES_USER = 'RUN addgroup -S app && adduser -S app -G app && chown -R app:app /app\n';

function nodeFile(tag: string, more = '', start = '["node", "index.js"]'): string {
  return `FROM node:${tag}\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci --omit=dev\nCOPY . .\n${more}${MAKES_USER}USER app\nCMD ${start}\n`;
}

test('packages that are only read stay with root', () => {
  const { after } = planFor(nodeFile('22-alpine'), APP);
  expect(after).toContain(
    'WORKDIR /app\nRUN addgroup -S app && adduser -S app -G app && chown app:app /app\nCOPY --chown=app:app package*.json ./\n',
  );
  expect(after).toContain('COPY --chown=app:app . .\nUSER app\n');
  expect(after).not.toContain('chown -R');
});

test('the directory keeps its owner for npm 8, which runs scripts as that owner', () => {
  const { after } = planFor(nodeFile('16-alpine'), APP);
  expect(after).toMatch(/WORKDIR \/app\nRUN addgroup -S app.*\n.*adduser -S app -G app\nCOPY --chown=app:app package/);
  expect(after).toContain('COPY --chown=app:app . .\nRUN chown app:app /app\nUSER app\n');
});

test('what the program may change is not left to root', () => {
  const built = planFor(nodeFile('22-alpine', 'RUN node seed.js\n'), { ...APP, 'seed.js': '' });
  expect(built.after).toContain('chown -R app:app /app');
  const compiled = planFor(nodeFile('22-alpine', '', '["npx", "vite", "preview"]'), APP);
  expect(compiled.after).toContain('chown -R app:app /app');
});

test('the plan for the result has no steps', () => {
  for (const tag of ['22-alpine', '16-alpine']) {
    const { after } = planFor(nodeFile(tag), APP);
    expect(planFor(after, APP).after).toBe(after);
  }
});

test('a build stage needs neither the user nor owners', () => {
  const files = { 'package.json': '{"dependencies":{"express":"4"},"devDependencies":{"jest":"29"}}', 'index.js': '' };
  const source =
    'FROM node:22\nWORKDIR /app\nCOPY package.json ./\nRUN npm install\nCOPY . .\nRUN useradd -m web && chown -R web:web /app\nUSER web\nCMD ["node", "index.js"]\n';
  const [build = '', final = ''] = planFor(source, files).after.split('# Final stage');
  expect(build).toContain('COPY package.json ./\nRUN npm install');
  expect(build).not.toMatch(/chown|useradd/);
  expect(final).toContain('RUN useradd -m web && chown web:web /app\n');
  expect(final).toContain('COPY --chown=web:web . .\nUSER web\n');
});

test('scripts of Composer leave caches that the program changes', () => {
  const source = (options: string) =>
    `FROM php:8.3-fpm\nWORKDIR /app\nCOPY . .\nRUN composer install ${options}\nRUN chown -R www-data:www-data /app\nCMD ["php-fpm"]\n`;
  const files = { 'composer.json': '{"require":{"symfony/flex":"^2"}}', 'composer.lock': '{}', 'src/Kernel.php': '' };
  expect(planFor(source('--no-dev'), files).after).toContain('chown -R www-data:www-data');
  expect(planFor(source('--no-dev --no-scripts'), files).after).not.toContain('chown -R');
});

test('the owner is created once, above all that it gets', () => {
  const source =
    'FROM nginx:alpine\nCOPY conf /etc/nginx/conf.d\nCOPY html /srv/html\nRUN adduser -S web\nRUN chown -R web /srv/html && chown -R web /etc/nginx/conf.d\nUSER web\n';
  const { after } = planFor(source, { 'conf/a.conf': '', 'html/index.html': '' });
  expect(after.match(/adduser/g)).toHaveLength(1);
  expect(after).toContain(
    'RUN adduser -S web\nCOPY --chown=web conf /etc/nginx/conf.d\nCOPY --chown=web html /srv/html\n',
  );
  expect(after).not.toContain('chown -R');
});

test('two blocks that move leave one blank line', () => {
  const source =
    'FROM python:3.12-slim\nWORKDIR /app\n\nCOPY . .\n\n# User\nRUN groupadd web\nRUN useradd -g web web\n\n# Owner\nRUN chown -R web:web /app\nUSER web\nCMD ["python", "app.py"]\n';
  expect(planFor(source, { 'app.py': '' }).after).toContain('COPY --chown=web:web . .\n\nUSER web\n');
});
