import { expect, test } from 'vitest';
import { planFor } from '../../helpers/plan';

const TWO_STAGES = `FROM node:22 AS builder
WORKDIR /app
COPY package*.json ./
RUN npm ci
COPY . .
RUN npm run build

# Stage 2: run
FROM node:22
WORKDIR /app
COPY --from=builder /app ./
ENV PORT=3000
EXPOSE 3000
CMD ["node", "dist/main.js"]
`;
const FILES = {
  'package.json': JSON.stringify({
    scripts: { build: 'tsc' },
    dependencies: { express: '4' },
    devDependencies: { typescript: '5' },
  }),
  'package-lock.json': '{}',
  'tsconfig.json': '{"compilerOptions":{"outDir":"dist"}}',
  'src/main.ts': 'import express from "express";\n',
};
const FINAL = `# Stage 2: run
FROM node:22-slim
WORKDIR /app
RUN chown node:node /app
COPY --from=dependencies /app/node_modules /app/node_modules
COPY --chown=node:node package.json .
COPY --chown=node:node --from=builder /app/dist /app/dist
ENV PORT=3000
EXPOSE 3000
USER node
CMD ["node", "dist/main.js"]
`;

test('a final stage that takes everything takes only what runs', () => {
  const { after } = planFor(TWO_STAGES, FILES);
  expect(after.slice(after.indexOf('# Stage 2'))).toBe(FINAL);
});

test.each([
  ['of the same place twice', 'ENV PORT', 'COPY --from=builder /app/dist ./dist\nENV PORT'],
  [
    'for the slim image that the author has chosen',
    'FROM node:22\nWORKDIR /app\nCOPY --from',
    'FROM node:22-slim\nWORKDIR /app\nCOPY --from',
  ],
])('also %s', (_, before, written) => {
  const { after } = planFor(TWO_STAGES.replace(before, written), FILES);
  expect(after).toContain('--from=builder /app/dist /app/dist\n');
  expect(after).not.toContain('/app ./');
});

test.each([
  ['files of another kind', 'ENV PORT', 'COPY more.json .\nENV PORT'],
  ['another directory', '/app ./', '/app/dist ./'],
  ['another place', '/app ./', '/app /srv/'],
  ['settings of the build stage', 'COPY package', 'ENV MODE=a\nCOPY package'],
  ['a step in another directory', 'WORKDIR /app\nCOPY --from', 'RUN ls\nWORKDIR /app\nCOPY --from'],
  ['another user', 'COPY package', 'USER node\nCOPY package'],
  [
    'an image of another distribution',
    'FROM node:22\nWORKDIR /app\nCOPY --from',
    'FROM node:22-alpine\nWORKDIR /app\nCOPY --from',
  ],
  ['a build stage that is used elsewhere', 'FROM node:22\n', 'FROM builder AS test\nRUN npm test\nFROM node:22\n'],
])('not with %s', (_, before, written) => {
  const text = TWO_STAGES.replace('# Stage 2: run\n', '');
  const { after } = planFor(text.replace(before, written), { ...FILES, 'more.json': '{}' });
  expect(after).not.toContain('--from=builder /app/dist /app/dist\n');
});
