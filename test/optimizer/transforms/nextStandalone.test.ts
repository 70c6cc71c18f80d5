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
  [TWO_STAGES.replace('CMD', 'COPY package.json ./\nRUN npx next telemetry disable\nCMD'), 'export default {};\n'],
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

const PARTS = `FROM node:22-slim AS builder
WORKDIR /app
COPY . .
RUN npm ci
RUN npm run build

FROM node:22-slim
WORKDIR /srv
COPY --from=builder /app/package*.json ./
COPY --from=builder /app/node_modules ./node_modules
COPY --from=builder --chown=node:node /app/.next ./.next
COPY --from=builder /app/public ./public
USER node
CMD ["npm", "start"]
`;
const STANDALONE = project('export default { output: "standalone" };\n');

function hasStandalone(dockerfile: string, files = STANDALONE): boolean {
  return planFor(dockerfile, files).after.includes('.next/standalone');
}

test('a final stage that takes parts of a build stage takes the standalone server instead', () => {
  const { after } = planFor(PARTS, STANDALONE);
  expect(after).toContain(`WORKDIR /srv
COPY --from=builder --chown=node:node /app/.next/standalone ./
COPY --from=builder --chown=node:node /app/.next/static ./.next/static
COPY --from=builder /app/public ./public
USER node
ENV HOSTNAME=0.0.0.0
CMD ["node", "server.js"]
`);
  const told = planFor(PARTS, project('export default {};\n'));
  expect(guardOf(told, 'next-standalone')).toMatch(/^level `all` sets /);
  const all = planFor(PARTS, project('export default {};\n'), { level: 'all' });
  expect(all.after).toContain('/app/.next/standalone ./\n');
  expect(all.files.map(({ path }) => path)).toContain('next.config.mjs');
});

test('a final stage that takes everything takes the standalone server and the public files instead', () => {
  const files = { ...STANDALONE, 'public/robots.txt': '' };
  const server = `WORKDIR /app
RUN chown node:node /app
COPY --chown=node:node --from=builder /app/.next/standalone ./
COPY --chown=node:node --from=builder /app/.next/static ./.next/static
COPY --chown=node:node --from=builder /app/public ./public
ENV HOSTNAME=0.0.0.0
`;
  expect(planFor(TWO_STAGES, files).after).toContain(server);
  const twice = TWO_STAGES.replace('CMD', 'COPY --from=builder /app/.next ./.next\nCMD');
  expect(planFor(twice, files).after).toContain(server);
  expect(hasStandalone(TWO_STAGES)).toBe(true);
  const beside = TWO_STAGES.replace('CMD', 'COPY public ./public\nCMD');
  expect(hasStandalone(beside, files)).toBe(true);
  expect(hasStandalone(beside, { ...files, 'prisma/schema.prisma': '' })).toBe(false);
  expect(hasStandalone(TWO_STAGES.replace('/app ./', '/app /srv'))).toBe(false);
});

test('the package manager stays in the build stage', () => {
  const dockerfile =
    'FROM node:22\nWORKDIR /app\nRUN npm install -g pnpm@9\nCOPY . .\nRUN pnpm install\nRUN pnpm build\nCMD ["pnpm", "start"]\n';
  const files = { ...STANDALONE, 'pnpm-lock.yaml': '' };
  const [, final = ''] = planFor(dockerfile, files).after.split('FROM node:22-slim');
  expect(final).toContain('server.js');
  expect(final).not.toContain('pnpm');
});

test('the port of the start command becomes a variable', () => {
  const files = project('export default { output: "standalone" };\n', 'next start -p 4000');
  expect(planFor(PARTS, files).after).toContain('    PORT=4000\n');
  const given = PARTS.replace('"start"]', '"start", "--", "-p", "4001"]');
  expect(planFor(given, STANDALONE).after).toContain('    PORT=4001\n');
});

test.each([
  ['packages from elsewhere', 'public ./public', 'node_modules/sharp ./node_modules/sharp'],
  ['a schema for migrations', 'public ./public', 'prisma ./prisma'],
  ['a program of the packages', 'USER node', 'RUN npx next telemetry disable'],
  ['a health check by a package', 'USER node', 'HEALTHCHECK CMD npx wait-on tcp:3000'],
  [
    'a comment in what would go',
    'COPY --from=builder /app/package*.json ./',
    'COPY --from=builder \\\n# both\n  /app/package*.json ./',
  ],
  ['an entrypoint', 'CMD', 'ENTRYPOINT'],
  ['another start', '["npm", "start"]', '["npm", "run", "worker"]'],
  ['another place', '/app/.next ./.next', '/app/.next ./'],
])('%s: the final stage stays', (_, before, after) => {
  expect(hasStandalone(PARTS)).toBe(true);
  expect(hasStandalone(PARTS.replace(before, after))).toBe(false);
});

test('a stage that others are built on, a repository of several packages, and Compose that starts another program stay', () => {
  expect(
    hasStandalone(
      PARTS.replace('FROM node:22-slim\n', 'FROM node:22-slim AS run\n').concat('FROM run\nCMD ["npm", "start"]\n'),
    ),
  ).toBe(false);
  expect(
    hasStandalone(PARTS.replace('WORKDIR /app\n', 'COPY yarn.lock /\nWORKDIR /app\n'), {
      ...STANDALONE,
      'yarn.lock': '',
    }),
  ).toBe(false);
});
