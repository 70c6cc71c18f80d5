import { describe, expect, it } from 'vitest';
import { planFor } from '../helpers/plan';

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
  ])('are put where the new user finds them: %s', (_, dockerfile, files, expected) => {
    const { after } = planFor(dockerfile, files);
    expect(after).toMatch(/\nUSER \w+\n/);
    expect(after).toMatch(expected);
    expect(planFor(after, files).steps.filter(({ id }) => id === 'no-root-user')).toEqual([]);
  });

  it.each(['ENV PUPPETEER_CACHE_DIR=/opt/browsers', 'ENV PUPPETEER_EXECUTABLE_PATH=/usr/bin/chromium'])(
    'stay where the file puts them: %s',
    (setting) => {
      const dockerfile = `FROM node:20-slim\nWORKDIR /app\n${setting}\nCOPY . .\nRUN npm ci && apt-get install -y chromium\nCMD ["node", "a.js"]\n`;
      const files = { 'package.json': '{"dependencies":{"puppeteer":"24.1.0"}}', 'a.js': '' };
      expect(planFor(dockerfile, files).after).not.toContain('/usr/local/share/puppeteer');
    },
  );
});
