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

test.each([
  [TWO_STAGES, 'export default {};\n'],
  [ONE_STAGE, 'export default withMDX({});\n'],
])('a Next.js server that brings all packages is told: %#', (dockerfile, settings) => {
  const files = project(settings);
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

const CALLED = 'module.exports = withMDX(nextConfig);\n';

test.each([
  ['export default {};\n', 'export default { output: "standalone" };\n'],
  [
    "export default { poweredByHeader: false, assetPrefix: '/' };\n",
    "export default { output: 'standalone', poweredByHeader: false, assetPrefix: '/' };\n",
  ],
  [
    `const nextConfig = {\n  compress: false,\n};\n${CALLED}`,
    `const nextConfig = {\n  output: "standalone",\n  compress: false,\n};\n${CALLED}`,
  ],
])('level all sets it where one plain object is what Next.js reads: %#', (settings, after) => {
  const files = project(settings);
  const plan = planFor(ONE_STAGE, files, { level: 'all' });
  expect(plan.files.find(({ path }) => path === 'next.config.mjs')?.after).toBe(after);
  expect(plan.after).toContain('--from=build /app/.next/standalone /app\n');
  expect(plan.after).toContain('CMD ["server.js"]\n');
  expect(
    planFor(plan.after, { ...files, 'next.config.mjs': after }, { level: 'all' }).steps.map(({ id }) => id),
  ).toEqual(['dockerignore']);
  expect(guardOf(planFor(ONE_STAGE, files), 'next-standalone')).toBe(
    'level `all` sets `output: "standalone"` in next.config.mjs: the image then contains only the files that the server loads, not all of node_modules',
  );
});

test.each([
  'const plugins = {};\nconst nextConfig = {};\nexport default (phase) => nextConfig;\n',
  'export default {};\nmodule.exports = {};\n',
  'export default { basePath: "/shop" };\n',
])('it does not touch other settings: %#', (settings) => {
  const plan = planFor(ONE_STAGE, project(settings), { level: 'all' });
  expect(plan.files.map(({ path }) => path)).toEqual(['.dockerignore']);
  expect(guardOf(plan, 'next-standalone')).toBe(TOLD);
});
