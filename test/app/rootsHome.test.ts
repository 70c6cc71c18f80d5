import { describe, expect, it } from 'vitest';
import { guardOf, planFor } from '../helpers/plan';

describe('browsers that root fetches', () => {
  it.each([
    [
      'Puppeteer, by the install',
      'FROM node:20-slim\nWORKDIR /app\nCOPY . .\nRUN npm ci && apt-get install -y libnss3\nCMD ["node", "a.js"]\n',
      { 'package.json': '{"dependencies":{"puppeteer":"24.1.0"}}', 'a.js': '' },
      /\nENV PUPPETEER_CACHE_DIR=\/usr\/local\/share\/puppeteer\nRUN npm ci/,
    ],
    [
      'Playwright, by its own command',
      'FROM python:3.12-slim\nWORKDIR /app\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\n# Chromium\nRUN playwright install --with-deps chromium\nCOPY a.py .\nCMD ["python", "a.py"]\n',
      { 'requirements.txt': 'playwright==1.49.0\n', 'a.py': '' },
      /\n# Chromium\nENV PLAYWRIGHT_BROWSERS_PATH=\/ms-playwright\nRUN playwright install/,
    ],
    [
      'Cypress, which writes there too',
      'FROM node:20-slim\nWORKDIR /e2e\nCOPY . .\nRUN npm ci && apt-get install -y xvfb libgtk-3-0\nCMD ["npx", "cypress", "run"]\n',
      { 'package.json': '{"devDependencies":{"cypress":"13.0.0"}}', 'package-lock.json': '{}' },
      /\nENV CYPRESS_CACHE_FOLDER=\/usr\/local\/share\/cypress\nRUN npm ci && apt-get .* && chown -R node:node \/usr\/local\/share\/cypress\n/,
    ],
    [
      'Cypress in the directory of the file',
      'FROM node:20-slim\nENV CYPRESS_CACHE_FOLDER=/cypress\nWORKDIR /e2e\nCOPY . .\nRUN npm ci && apt-get install -y xvfb\nCMD ["npx", "cypress", "run"]\n',
      { 'package.json': '{"dependencies":{"cypress":"13.0.0"}}', 'package-lock.json': '{}' },
      /\nENV CYPRESS_CACHE_FOLDER=\/cypress\n[\s\S]*\nRUN npm ci && .* && chown -R node:node \/cypress\n/,
    ],
  ])('are put where the new user finds them: %s', (_, dockerfile, files, expected) => {
    const { after } = planFor(dockerfile, files);
    expect(after).toMatch(/\nUSER \w+\n/);
    expect(after).toMatch(expected);
    expect(planFor(after, files).steps.filter(({ id }) => id === 'no-root-user')).toEqual([]);
  });

  it('are not moved where only tests that do not run in the container use them', () => {
    const { after } = planFor('FROM node:20-slim\nWORKDIR /app\nCOPY . .\nRUN npm ci\nCMD ["node", "a.js"]\n', {
      'package.json': '{"devDependencies":{"cypress":"13.0.0"}}',
      'a.js': '',
    });
    expect(after).toContain('USER node');
    expect(after).not.toContain('CYPRESS');
  });

  it('are not moved where the container runs tests on the full image, and stay there', () => {
    const plan = planFor(
      'FROM node:20-bookworm\nWORKDIR /e2e\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\nCMD ["npx", "cypress", "run"]\n',
      {
        'package.json': '{"devDependencies":{"cypress":"13.0.0"}}',
        'package-lock.json': '{"packages":{"node_modules/cypress":{"hasInstallScript": true}}}',
        'cypress.config.js': '',
      },
    );
    expect(plan.after).not.toContain('slim');
    expect(guardOf(plan, 'multi-stage')).toBe('cypress downloads a browser that needs libraries from the full image');
  });

  it.each([
    'ENV PUPPETEER_CACHE_DIR=/opt/browsers',
    'ENV PUPPETEER_EXECUTABLE_PATH=/usr/bin/chromium',
    'ENV PUPPETEER_SKIP_DOWNLOAD=true',
    'ARG PUPPETEER_SKIP_CHROMIUM_DOWNLOAD=1',
  ])('stay where the file puts them: %s', (setting) => {
    const dockerfile = `FROM node:20-slim\nWORKDIR /app\n${setting}\nCOPY . .\nRUN npm ci && apt-get install -y chromium\nCMD ["node", "a.js"]\n`;
    const files = { 'package.json': '{"dependencies":{"puppeteer":"24.1.0"}}', 'a.js': '' };
    expect(planFor(dockerfile, files).after).not.toContain('/usr/local/share/puppeteer');
  });
});
