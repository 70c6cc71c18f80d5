import { expect, test } from 'vitest';
import { guardOf, planFor } from '../../helpers/plan';

const TOLD =
  'next.config.mjs does not set `output: "standalone"`: with it, the image contains only the files that the server loads, not all of node_modules';
const ONE_STAGE = 'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci\nRUN npm run build\nCMD ["npm", "start"]\n';
const TWO_STAGES =
  'FROM node:22-slim AS builder\nWORKDIR /app\nCOPY . .\nRUN npm ci\nRUN npm run build\n\nFROM node:22-slim\nWORKDIR /app\nCOPY --from=builder /app ./\nCMD ["npm", "start"]\n';

function project(settings: string, start = 'next start'): Record<string, string> {
  const scripts = { build: 'next build', start };
  return {
    'package.json': JSON.stringify({ scripts, dependencies: { next: '15' } }),
    'package-lock.json': '{}',
    'next.config.mjs': settings,
    'app/page.jsx': '',
  };
}

test.each([ONE_STAGE, TWO_STAGES])('a Next.js server that brings all packages is told: %#', (dockerfile) => {
  const files = project('export default {};\n');
  const plan = planFor(dockerfile, files);
  expect(guardOf(plan, 'next-standalone')).toBe(TOLD);
  expect(guardOf(planFor(plan.after, files), 'next-standalone')).toBe(TOLD);
});

test.each([
  project('export default { output: "standalone" };\n'),
  project('export default { output: "export" };\n'),
  project('export default {};\n', 'node server.mjs'),
])('another output, and another server, are not: %#', (files) => {
  expect(guardOf(planFor(ONE_STAGE, files), 'next-standalone')).toBeUndefined();
});
