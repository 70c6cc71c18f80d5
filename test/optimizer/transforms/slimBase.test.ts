import { describe, expect, it } from 'vitest';
import { compiledModule } from '../../../server/src/app/compiledModules';
import { createSite } from '../../../server/src/app/site';
import { imageStage } from '../../../server/src/dockerfile/lineage';
import { parseDockerfile } from '../../../server/src/dockerfile/parse';
import { createKnowledgeBase } from '../../../server/src/knowledge';
import { buildContextOf } from '../../helpers/buildContext';
import { guardOf, planFor } from '../../helpers/plan';

const NODE = `FROM node:20
WORKDIR /app
COPY app/package.json app/package-lock.json ./
RUN npm ci
COPY app .
CMD ["node", "server.js"]
`;
const FILES = {
  'app/package.json': '{ "dependencies": { "express": "4" } }',
  'app/package-lock.json': '{ "lockfileVersion": 3, "packages": { "node_modules/express": { "version": "4" } } }',
  'app/server.js': "require('express')();\n",
};

function base(dockerfile: string, files: Readonly<Record<string, string>>): string | undefined {
  return planFor(dockerfile, files)
    .after.match(/^FROM \S+/gm)
    ?.at(-1)
    ?.slice(5);
}

describe('slim-base', () => {
  it.each([
    ['', false],
    [' /opt/old', true],
  ])('removes a RUN that does nothing more than install what is not used: rm%s', (more, isLeft) => {
    const dockerfile = `FROM node:20\nRUN apt-get update && apt-get install -y --no-install-recommends make && rm -rf /var/lib/apt/lists/*${more}\nWORKDIR /app\nCOPY app/server.js .\nCMD ["node", "server.js"]\n`;
    const { after } = planFor(dockerfile, { 'app/server.js': 'console.log(1);\n' });
    expect(after).not.toContain('make');
    expect(after.includes(`RUN rm -rf /var/lib/apt/lists/*${more}\n`)).toBe(isLeft);
  });

  it('takes a Node.js program whose packages are prebuilt', () => {
    expect(base(NODE, FILES)).toBe('node:20-slim');
    expect(base(NODE.replace('node:20', 'node:lts'), FILES)).toBe('node:lts-slim');
  });

  it.each([
    ['CMD yarn install && yarn start', 'CMD', 'yarn'],
    ['CMD ["npm", "i"]', 'CMD', 'npm'],
    ['CMD ["yarn"]', 'CMD', 'yarn'],
    ['CMD npm install --prefix /app && npm start', 'CMD', 'npm'],
    ['ENTRYPOINT ["npm"]\nCMD ["ci"]', 'CMD', 'npm'],
    ['ENTRYPOINT ["sh", "-c", "yarn add x; yarn start"]', 'ENTRYPOINT', 'yarn'],
  ])('leaves an image alone that installs packages when it starts: %s', (start, path, name) => {
    const plan = planFor(`FROM node:20\nWORKDIR /app\nCOPY app .\n${start}\n`, FILES);
    expect(guardOf(plan, 'slim-base')).toBe(
      `${path} calls \`${name}\` when the container starts: install the packages in a RUN`,
    );
  });

  it.each([
    ['a script in the image', { 'app/token.sh': '#!/bin/sh\ncurl -s http://a.example/token\n' }],
    [
      'a CI job',
      {
        '.github/workflows/ci.yml':
          'jobs:\n  a:\n    steps:\n      - run: docker compose exec -T web curl -f http://web\n',
      },
    ],
    ['the README', { 'README.md': 'Then run `docker exec -u 0 web curl localhost`.\n' }],
    ['nothing', { 'app/page.html': 'curl is not called here', Makefile: 'ps:\n\tdocker compose exec web sh\n' }],
  ])('keeps a package that %s calls', (caller, more) => {
    const dockerfile =
      'FROM node:20-slim\nRUN apt-get update && apt-get install -y --no-install-recommends curl libvips42 && rm -rf /var/lib/apt/lists/*\nWORKDIR /app\nCOPY app .\nUSER node\nCMD ["node", "server.js"]\n';
    const { after } = planFor(dockerfile, { ...FILES, ...more });
    expect(after.includes('curl')).toBe(caller !== 'nothing');
  });

  it('leaves an image alone whose program is mounted', () => {
    const plan = planFor('FROM node:20\nWORKDIR /app\n', FILES, { services: [{ starts: ['npm run dev'] }] });
    expect(guardOf(plan, 'slim-base')).toBe(
      'no sources are copied: the image may be meant for development inside the container',
    );
  });

  it('looks for what the program calls in the stages that it is copied from', () => {
    const two =
      'FROM node:20 AS build\nWORKDIR /app\nCOPY app .\nRUN npm ci && npm run build\n\nFROM node:20\nWORKDIR /app\nCOPY --from=build /app/dist dist\nUSER node\nCMD ["node", "dist/main.js"]\n';
    const calling = {
      ...FILES,
      'app/main.ts': "import { execSync } from 'node:child_process';\nexecSync('git log');\n",
    };
    expect(planFor(two, calling).after).toMatch(
      /FROM node:20-slim\nRUN apt-get update \\\n {4}&& apt-get install .* git/,
    );
    expect(planFor(two, FILES).after).toContain('FROM node:20-slim\nWORKDIR /app\n');
    const pages = two.replace('FROM node:20\n', 'FROM python:3.11\n').replace('USER node\n', 'USER 1000\n');
    const served = planFor(pages.replace('["node", "dist/main.js"]', '["python", "-m", "http.server"]'), calling);
    expect(served.after).toContain('FROM python:3.11-slim\nWORKDIR /app\n');
    const library =
      'FROM python:3.11 AS build\nRUN python -m venv /venv && /venv/bin/pip install mysqlclient\n\nFROM python:3.11\nCOPY --from=build /venv /venv\nCOPY main.py /\nUSER 1000\nCMD ["/venv/bin/python", "/main.py"]\n';
    expect(planFor(library, { 'main.py': 'import MySQLdb\n' }).after).toMatch(
      /FROM python:3.11-slim\n(?:.*\n)*.*libmariadb3/,
    );
  });

  it.each([
    ['one that runs a script', '{ "packages": { "node_modules/odd": { "hasInstallScript": true } } }', 'odd'],
    ['a known one', '{ "packages": { "node_modules/node-sass": { "version": "9" } } }', 'node-sass'],
    ['none', FILES['app/package-lock.json'], undefined],
  ])('knows which package is compiled: %s', (_, lock, name) => {
    const dockerfile = parseDockerfile(NODE);
    const stage = imageStage(dockerfile);
    const files = buildContextOf({ ...FILES, 'app/package-lock.json': lock }, true);
    const site = stage && createSite(dockerfile, stage, createKnowledgeBase(), files);
    expect(site && compiledModule(site)).toBe(name);
  });

  it('keeps every package where the command is given when the container starts', () => {
    const tools = 'FROM ubuntu:24.04\nRUN apt-get update && apt-get install -y g++ cmake\nENTRYPOINT ["bash", "-c"]\n';
    expect(planFor(tools, {}).after).toMatch(/g\+\+ cmake/);
  });

  it('installs what a dependency looks for', () => {
    const { after } = planFor(NODE, { ...FILES, 'app/package.json': '{ "dependencies": { "prisma": "5" } }' });
    expect(after).toContain('FROM node:20-slim');
    expect(after).toMatch(/apt-get install -y --no-install-recommends openssl/);
  });

  it('puts them on lines of their own where the others are', () => {
    const lines =
      'FROM ubuntu:22.04\nRUN apt-get update && apt-get install -y --no-install-recommends \\\n    libpq-dev \\\n    build-essential \\\n    ffmpeg \\\n    jq \\\n    && rm -rf /var/lib/apt/lists/*\nCOPY run.sh /\nUSER 1000\nCMD ["/run.sh"]\n';
    expect(planFor(lines, { 'run.sh': '#!/bin/sh\nprintf x\n' }).after).toContain(
      ' \\\n    ffmpeg \\\n    jq \\\n    libpq5 \\\n    && rm',
    );
  });

  it('keeps a variable of the version', () => {
    const dockerfile = `ARG V=20\n${NODE.replace('node:20', 'node:${V}')}`;
    expect(base(dockerfile, FILES)).toBe('node:${V}-slim');
    expect(base(dockerfile.replace('V=20', 'V=20-alpine'), FILES)).toBe('node:${V}');
  });

  it('installs nothing from an archive that is gone', () => {
    const dockerfile = NODE.replace('node:20', 'node:12');
    const files = { ...FILES, 'app/server.js': "const { exec } = require('child_process');\nexec('git log');\n" };
    expect(planFor(dockerfile, files).after).not.toContain('apt-get');
  });
});
