import { describe, expect, it } from 'vitest';
import { guardOf, planFor } from '../../helpers/plan';

const BUILT =
  'FROM node:20 AS builder\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\nRUN npm run build\n\nFROM node:20-alpine\nWORKDIR /app\nCOPY --from=builder /app/node_modules ./node_modules\nCOPY --from=builder /app/dist ./dist\nUSER node\nCMD ["node", "dist/index.js"]\n';
const SHARED =
  'FROM node:20-alpine AS base\nWORKDIR /app\n\nFROM base AS deps\nCOPY package.json package-lock.json ./\nRUN npm ci\n\nFROM base AS builder\nCOPY --from=deps /app/node_modules ./node_modules\nCOPY . .\nRUN npm run build\n\n# Runs\nFROM base AS runner\nCOPY --from=deps /app/node_modules ./node_modules\nCOPY --from=builder /app/dist ./dist\nUSER node\nCMD ["node", "dist/index.js"]\n';
const PLAIN =
  'FROM node:20-alpine\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\nUSER node\nCMD ["node", "src/index.js"]\n';
const FILES = {
  'package.json':
    '{"scripts": {"build": "tsc"}, "dependencies": {"express": "4"}, "devDependencies": {"typescript": "5"}}',
  'package-lock.json': '{}',
  'src/index.js': 'require("express")()',
};

function planOf(dockerfile: string, files: Readonly<Record<string, string>> = FILES) {
  const plan = planFor(dockerfile, files);
  expect(planFor(plan.after, files).steps.map(({ id }) => id)).not.toContain('production-packages');
  return plan;
}

describe('production-packages', () => {
  it('prunes at the end of a build stage whose node_modules the final stage copies', () => {
    expect(planOf(BUILT).after).toContain('RUN npm run build\nRUN npm prune --omit=dev\n\nFROM node:20-alpine\n');
    const whole = BUILT.replace('/app/node_modules ./node_modules', '/app ./').replace(/COPY.*dist .*\n/, '');
    expect(planOf(whole).after).toContain('RUN npm prune --omit=dev\n');
  });

  it('keeps them where a later command may bundle something with them', () => {
    const made = PLAIN.replace('USER', 'RUN make assets\nUSER');
    expect(planOf(made).after).toContain('RUN npm ci');
    expect(planOf(made).after).not.toContain('--omit=dev');
    expect(planOf(PLAIN.replace('USER', 'RUN mkdir data && chmod 777 data\nUSER')).after).toContain('--omit=dev');
    expect(guardOf(planOf(BUILT.replace('USER', 'RUN bin/rails assets:precompile\nUSER')), 'production-packages')).toBe(
      'a RUN of the final stage calls `rails`, which may need development packages',
    );
  });

  it('keeps them where Rails compiles pages when they are requested', () => {
    const rails =
      'FROM ruby:2.7.6\nWORKDIR /app\nCOPY . .\nRUN apt-get update && apt-get install -y --no-install-recommends npm && rm -rf /var/lib/apt/lists/*\nRUN npm install --global yarn\nRUN yarn install\nRUN bundle install\nUSER 1000\nCMD ["/bin/bash", "start.sh"]\n';
    const filesWith = (gems: string) => ({
      ...FILES,
      'start.sh': 'bin/rails server\n',
      'yarn.lock': '',
      Gemfile: gems,
    });
    const started = rails.replace('RUN bundle', 'RUN gem uninstall a && bundle');
    expect(planFor(started, filesWith("gem 'rails'\ngem 'webpacker'\n")).after).not.toContain('--production');
    expect(planFor(started, filesWith("gem 'rails'\n")).after).toMatch(/--production|rm -rf \/app\/node_modules/);
  });

  it('keeps them where people work in the container', () => {
    expect(planOf(PLAIN.replace('["node", "src/index.js"]', '["sleep", "infinity"]')).after).not.toContain(
      '--omit=dev',
    );
  });

  it('may have tools installed in the final stage', () => {
    const withTool = BUILT.replace('COPY --from', 'RUN npm install -g pm2 && npm cache clean --force\nCOPY --from');
    expect(planOf(withTool).after).toContain('RUN npm prune --omit=dev\n');
  });

  it('has nothing to do where a build has removed its packages', () => {
    const removed = BUILT.replace('RUN npm run build', 'RUN npm run build && rm -rf node_modules')
      .replace(/COPY.*dist .*\n/, '')
      .replace('/app/node_modules ./node_modules', '/app ./');
    const plan = planOf(removed, { ...FILES, 'src/extra.js': 'require("typescript")' });
    expect(plan.skipped.map(({ id }) => id)).not.toContain('production-packages');
  });

  it('finds them behind other stages', () => {
    const others = BUILT.replace('FROM', 'FROM busybox AS pages\nRUN mkdir /pages\n\nFROM')
      .replace('COPY --from=builder', 'COPY --from=pages /pages ./pages\nCOPY --from=builder')
      .replace('AS builder', 'AS Builder');
    expect(planOf(others).after).toContain('RUN npm run build\nRUN npm prune --omit=dev\n');
  });

  it('takes a stage of its own where the build needs all packages', () => {
    const { after } = planOf(SHARED);
    expect(after).toContain(
      '# Dependencies stage: production packages only\nFROM deps AS production\nRUN npm prune --omit=dev\n\n# Runs\nFROM base AS runner\nCOPY --from=production /app/node_modules ./node_modules\n',
    );
    expect(after).toContain('FROM base AS builder\nCOPY --from=deps /app/node_modules ./node_modules\n');
  });

  it('takes a stage of its own where the project builds the other one by its name, for its tests', () => {
    const files = { ...FILES, '.github/workflows/ci.yml': 'run: docker build --target builder -t test .\n' };
    expect(planOf(BUILT, files).after).toContain(
      'RUN npm run build\n\n# Dependencies stage: production packages only\nFROM builder AS production\nRUN npm prune --omit=dev\n',
    );
  });

  it('leaves them out of the install where nothing is built', () => {
    expect(planOf(PLAIN).after).toContain('RUN npm ci --omit=dev');
    const apart = PLAIN.replace('node:20-alpine', 'node:20 AS deps').replace(
      'COPY . .\n',
      'FROM node:20-alpine\nWORKDIR /app\nCOPY --from=deps /app/node_modules ./node_modules\nCOPY . .\n',
    );
    expect(planOf(apart).after).toContain('RUN npm ci --omit=dev');
  });

  it.each([
    ['npm ci', 'npm ci --legacy-peer-deps', 'npm prune --omit=dev --legacy-peer-deps'],
    ['npm ci', 'yarn --frozen-lockfile', 'yarn install --production --ignore-scripts --prefer-offline'],
  ])('prunes in the way of the install: %s', (from, to, prune) => {
    expect(planOf(BUILT.replace(from, to)).after).toContain(`RUN ${prune}\n`);
  });

  it.each([
    ['the build leaves them out', BUILT.replace('npm ci', 'npm ci --omit=dev'), FILES],
    ['the build prunes', BUILT.replace('run build', 'run build && npm prune --production'), FILES],
    ['the environment says so', BUILT.replace('WORKDIR /app\n', 'WORKDIR /app\nENV NODE_ENV=production\n'), FILES],
    ['there are none', BUILT, { ...FILES, 'package.json': '{"scripts": {"build": "x"}, "dependencies": {"a": "1"}}' }],
    ['only the output is copied', BUILT.replace(/COPY.*node_modules\n/, ''), FILES],
    ['the container uses one', PLAIN, { ...FILES, 'src/index.js': 'require("typescript")' }],
    ['a build needs them in the final stage', PLAIN.replace('USER', 'RUN npm run build\nUSER'), FILES],
  ])('is nothing where %s', (_, dockerfile, files) => {
    const { steps, after } = planOf(dockerfile, files);
    expect(steps.map(({ id }) => id)).not.toContain('production-packages');
    if (!dockerfile.includes('prune')) expect(after.match(/prune|FROM \w+ AS production/g) ?? []).toEqual([]);
  });

  it.each([
    [
      'the container runs `tsx` from devDependencies: move it to dependencies, so that the others can be left out',
      BUILT.replace('"node", "dist/index.js"', '"npx", "tsx", "dist/index.ts"'),
      { ...FILES, 'package.json': FILES['package.json'].replace('"typescript"', '"tsx": "4", "typescript"') },
    ],
    [
      'bun cannot remove development packages reliably: copy node_modules from a stage that installs only production packages',
      'FROM oven/bun:1\nWORKDIR /app\nCOPY package.json bun.lock ./\nRUN bun install\nCOPY . .\nUSER bun\nCMD ["bun", "a.ts"]\n',
      {
        'package.json': '{"dependencies":{"a":"1"},"devDependencies":{"typescript":"5","kanel":"3"}}',
        'bun.lock': '{}',
        'a.ts': '',
        '.kanelrc.ts': 'import { a } from "kanel";\n',
      },
    ],
    [
      'COPY names `shared`, which is not in the build context',
      BUILT.replace('COPY . .', 'COPY . .\nCOPY shared ./shared'),
      FILES,
    ],
    [
      'a RUN of the final stage calls `npx`, which may need development packages',
      BUILT.replace('USER node', 'RUN npx prisma generate\nUSER node'),
      FILES,
    ],
    [
      'bun cannot remove development packages reliably: copy node_modules from a stage that installs only production packages',
      BUILT.replace('npm ci', 'bun install').replaceAll('node:20', 'oven/bun:1').replace('"node"', '"bun"'),
      FILES,
    ],
  ])('says why not: %s', (guard, dockerfile, files) => {
    expect(guardOf(planOf(dockerfile, files), 'production-packages')).toBe(guard);
  });

  it('does not touch the stages of a file whose target the project names', () => {
    const plan = planFor(BUILT, FILES, { targetStage: 'builder' });
    expect(plan.steps.map(({ id }) => id)).not.toContain('production-packages');
  });
});
