import { describe, expect, it } from 'vitest';
import { guardOf, planFor } from '../../helpers/plan';

function packageJson(more: object): string {
  return JSON.stringify({ name: 'app', scripts: { build: 'tsc', start: 'node dist/server.js' }, ...more });
}

const TYPESCRIPT = {
  'package.json': packageJson({ dependencies: { express: '4.21.2' }, devDependencies: { typescript: '5.7.2' } }),
  'package-lock.json': '{}',
  'tsconfig.json': '{"compilerOptions": {"outDir": "./dist"}}',
  'src/server.ts': "import express from 'express';\nprocess.on('SIGTERM', () => process.exit());\n",
  'views/page.html': '<p></p>\n',
  'README.md': '#\n',
};
const NAIVE = 'FROM node:20\nWORKDIR /app\nCOPY . .\nRUN npm install\nRUN npm run build\nCMD ["npm", "start"]\n';

describe('Node.js', () => {
  it('gives the stage of the dependencies the ARG that its settings name', () => {
    const file = NAIVE.replace(
      'WORKDIR',
      'ARG REGISTRY=https://a.example\nARG OTHER\nENV NPM_CONFIG_REGISTRY=$REGISTRY\nWORKDIR',
    );
    const [dependencies] = planFor(file, TYPESCRIPT).after.split('\n\n');
    expect(dependencies).toContain(
      'AS dependencies\nARG REGISTRY=https://a.example\nENV NPM_CONFIG_REGISTRY=$REGISTRY\n',
    );
    expect(dependencies).not.toContain('OTHER');
  });

  it('builds with the tools of development and runs without them', () => {
    expect(planFor(NAIVE, TYPESCRIPT).after).toBe(`# Dependencies stage: production packages only
FROM node:20 AS dependencies
WORKDIR /app
COPY package*.json ./
RUN npm ci --omit=dev

# Build stage: install all dependencies and build the app
FROM node:20 AS build
WORKDIR /app
COPY package*.json ./
RUN npm ci
COPY . .
RUN npm run build

# Final stage: what the app needs at run time
FROM node:20-slim
WORKDIR /app
RUN chown node:node /app
COPY --from=dependencies /app/node_modules /app/node_modules
COPY --chown=node:node package.json .
COPY --chown=node:node views ./views
COPY --chown=node:node --from=build /app/dist /app/dist
USER node
CMD ["node", "dist/server.js"]
`);
  });

  it('does not clean a stage that is thrown away, nor says so', () => {
    const { after, steps } = planFor(NAIVE, TYPESCRIPT);
    expect(after).not.toContain('cache clean');
    expect(steps.map(({ id }) => id)).not.toContain('npm-clean-cache');
  });

  it('takes out again what only development needs where the install reads more than its manifests', () => {
    const files = {
      ...TYPESCRIPT,
      'package.json': packageJson({
        scripts: { build: 'tsc', start: 'node dist/server.js', postinstall: 'node x.js' },
        devDependencies: { typescript: '1' },
      }),
    };
    const { after } = planFor(NAIVE, files);
    expect(after).toContain('RUN npm run build\nRUN npm prune --omit=dev\n');
    expect(after).not.toContain('AS dependencies');
  });

  it.each([
    [
      'the start script',
      packageJson({
        scripts: { build: 'tsc', start: 'nodemon dist/server.js' },
        devDependencies: { nodemon: '1', typescript: '1' },
      }),
      {},
    ],
    [
      'a source',
      packageJson({ devDependencies: { chalk: '1', typescript: '1' } }),
      { 'src/server.ts': "import chalk from 'chalk';\n" },
    ],
    [
      'an import of several lines',
      packageJson({ devDependencies: { chalk: '1', typescript: '1' } }),
      { 'src/server.ts': "import {\n  blue,\n  red,\n} from 'chalk';\n" },
    ],
  ])('keeps all dependencies where %s uses one of development', (_, manifest, sources) => {
    const { after } = planFor(NAIVE, { ...TYPESCRIPT, ...sources, 'package.json': manifest });
    expect(after).toContain('AS build');
    expect(after).not.toContain('omit=dev');
  });

  it('leaves types out of the question: they are gone after the build', () => {
    const files = {
      ...TYPESCRIPT,
      'package.json': packageJson({
        dependencies: { express: '1' },
        devDependencies: { '@types/express': '1', typescript: '1', chalk: '1' },
      }),
      'src/server.ts': "import type { Chalk } from 'chalk';\n",
    };
    expect(planFor(NAIVE, files).after).toContain('npm ci --omit=dev');
  });

  it('copies nothing but what was built beside a server of static files', () => {
    const files = {
      'package.json': packageJson({
        scripts: { build: 'vite build' },
        dependencies: { serve: '14' },
        devDependencies: { vite: '5' },
      }),
      'package-lock.json': '{}',
      'src/main.js': '',
      'index.html': '',
    };
    const dockerfile =
      'FROM node:20\nWORKDIR /app\nCOPY . .\nRUN npm ci\nRUN npm run build\nCMD ["npx", "serve", "-s", "dist"]\n';
    const final = planFor(dockerfile, files).after.split('FROM node:20-slim')[1] ?? '';
    expect(final.match(/^COPY .*$/gm)).toEqual([
      'COPY --from=dependencies /app/node_modules /app/node_modules',
      'COPY --chown=node:node package.json .',
      'COPY --chown=node:node --from=build /app/dist /app/dist',
    ]);
  });

  it('takes the folder as it is where a build writes what is not known', () => {
    const manifest = packageJson({
      scripts: { build: 'node make.js', start: 'node a.js' },
      dependencies: { express: '4' },
      devDependencies: { typescript: '5.7.2' },
    });
    const { after } = planFor(NAIVE, { ...TYPESCRIPT, 'package.json': manifest, 'a.js': '', 'make.js': '' });
    const final = after.split('FROM node:20-slim')[1] ?? '';
    expect(final.match(/^COPY .*$/gm)).toEqual([
      'COPY --from=dependencies /app/node_modules /app/node_modules',
      'COPY --chown=node:node --from=build /app /app',
    ]);
    expect(after).toContain('RUN npm ci --omit=dev\n\n');
    expect(after).toContain('RUN npm run build\nRUN rm -rf node_modules\n\n');
  });

  it.each([
    ['writes between the packages', 'node make.js --out node_modules/made', {}],
    ['has scripts of its own', 'node make.js', { postinstall: 'node x.js' }],
  ])('prunes the folder where a project %s', (_, build, scripts) => {
    const manifest = packageJson({
      scripts: { build, start: 'node a.js', ...scripts },
      devDependencies: { typescript: '5.7.2' },
    });
    const { after } = planFor(NAIVE, { ...TYPESCRIPT, 'package.json': manifest, 'a.js': '', 'make.js': '' });
    const final = after.split('FROM node:20-slim')[1] ?? '';
    expect(final.match(/^COPY .*$/gm)).toEqual(['COPY --chown=node:node --from=build /app /app']);
    expect(after).toContain('RUN npm prune --omit=dev\n\n');
  });

  it('copies no modules where there are none', () => {
    const files = {
      'package.json': packageJson({ scripts: { start: 'node a.js' } }),
      'package-lock.json': '{}',
      'a.js': '',
    };
    const { after } = planFor('FROM node:20\nWORKDIR /app\nCOPY . .\nRUN npm install\nCMD ["npm", "start"]\n', files);
    expect(after).not.toContain('COPY --from=build /app/node_modules');
  });

  it('takes the packages of a folder below the one that the program runs in', () => {
    const files = {
      'api/package.json': packageJson({ dependencies: { express: '4.21.2' } }),
      'api/server.js': "require('express');\n",
      'web/package.json': packageJson({ dependencies: { ejs: '3.1.10' } }),
      'web/page.js': '',
    };
    const { after } = planFor(
      'FROM node:20\nWORKDIR /srv/\nCOPY api/package.json api/\nRUN cd api && npm install\nCOPY web/package.json web/\nRUN npm --prefix web install\nCOPY . .\nCMD ["node", "api/server.js"]\n',
      files,
    );
    const final = after.slice(after.indexOf('# Final stage'));
    expect(final).toContain('COPY --from=build /srv/api/node_modules /srv/api/node_modules\n');
    expect(final).toContain('COPY --from=build /srv/web/node_modules /srv/web/node_modules\n');
    expect(final).toContain(' . .\n');
  });

  it('names a folder by the build argument that says which it is, in all stages', () => {
    const { after } = planFor(
      'FROM node:20\nARG APP_DIR=server\nARG NPM_TOKEN\nWORKDIR ${APP_DIR}\nCOPY . .\nRUN npm install\nRUN npm run build\nCMD ["npm", "start"]\n',
      { ...TYPESCRIPT, '.npmrc': '//registry.npmjs.org/:_authToken=${NPM_TOKEN}\n' },
    );
    const [dependencies = ''] = after.split('\n\n');
    expect(dependencies).toContain(' AS dependencies\nARG APP_DIR=server\nARG NPM_TOKEN\nWORKDIR ${APP_DIR}\n');
    expect(after).toContain('RUN chown node:node /${APP_DIR}\n');
    expect(after).toContain('COPY --from=dependencies /${APP_DIR}/node_modules /${APP_DIR}/node_modules\n');
    expect(after).toContain('COPY --chown=node:node --from=build /${APP_DIR}/dist /${APP_DIR}/dist\n');
  });

  it('keeps a comment below FROM that is about the file', () => {
    const { after } = planFor(NAIVE.replace('\n', '\n# For our own servers\n\n'), TYPESCRIPT);
    expect(after).toContain('FROM node:20-slim\n# For our own servers\n\nWORKDIR /app\n');
  });

  it('takes nothing along that publishes the project', () => {
    const { after } = planFor(NAIVE, {
      ...TYPESCRIPT,
      'Jenkinsfile-main': 'sh "./build.sh"\n',
      'build.sh': 'git rev-parse HEAD\n',
    });
    const final = after.slice(after.indexOf('# Final stage'));
    expect(final).not.toMatch(/Jenkinsfile|build\.sh|\bgit\b/);
  });

  it('takes pages that are built beside the program, without the packages that built them', () => {
    const files = {
      'client/package.json': packageJson({
        scripts: { build: 'react-scripts build' },
        dependencies: { 'react-scripts': '5.0.1' },
      }),
      'client/src/index.js': '',
      'server/package.json': packageJson({ dependencies: { express: '4.21.2' } }),
      'server/index.js': "require('express')().use(require('express').static('client/build'));\n",
    };
    const { after } = planFor(
      'FROM node:20\nWORKDIR /app\nCOPY . .\nRUN cd client && npm install\nRUN cd server && npm install\nRUN cd client && npm run build\nCMD ["node", "server/index.js"]\n',
      files,
    );
    const final = after.slice(after.indexOf('# Final stage'));
    expect(final).toContain('--from=build /app/server/node_modules /app/server/node_modules\n');
    expect(final).toContain('--from=build /app/client/build /app/client/build\n');
    expect(final).not.toContain('client/node_modules');
  });

  it('takes a library that is built beside the program with its packages', () => {
    const { after } = planFor(
      'FROM node:20\nWORKDIR /app\nCOPY . .\nRUN cd shared && npm install\nRUN cd server && npm install\nRUN cd shared && npm run build\nCMD ["node", "server/index.js"]\n',
      {
        'shared/package.json': packageJson({ scripts: { build: 'tsc --outDir dist' }, dependencies: { zod: '3' } }),
        'shared/src/a.ts': '',
        'server/package.json': packageJson({ dependencies: { express: '4.21.2' } }),
        'server/index.js': "require('../shared/dist/a');\n",
      },
    );
    expect(after.slice(after.indexOf('# Final stage'))).toContain('--from=build /app /app\n');
  });

  it('says which packages lie beside the program', () => {
    const plan = planFor(
      'FROM node:20\nWORKDIR /app\nCOPY . .\nRUN npm install --prefix api && npm install --prefix web\nWORKDIR /app/api\nCMD ["npm", "start"]\n',
      { 'api/package.json': packageJson({}), 'web/package.json': packageJson({}), 'api/dist/server.js': '' },
    );
    expect(guardOf(plan, 'multi-stage')).toBe('packages are installed in /app/web, but the program runs in /app/api');
  });

  it('leaves packages alone that a workspace above them may hold', () => {
    const files = {
      'package.json': packageJson({ workspaces: ['api'] }),
      'api/package.json': packageJson({ dependencies: { express: '4.21.2' } }),
      'api/server.js': "require('express');\n",
    };
    const plan = planFor(
      'FROM node:20\nWORKDIR /srv\nCOPY . .\nRUN cd api && npm install\nCMD ["node", "api/server.js"]\n',
      files,
    );
    expect(guardOf(plan, 'multi-stage')).toBe('packages are installed in /srv/api, but the program runs in /srv');
  });

  it('leaves a file alone whose program drives a browser', () => {
    const plan = planFor(NAIVE, { ...TYPESCRIPT, 'package.json': packageJson({ dependencies: { puppeteer: '1' } }) });
    expect(plan.after).not.toContain('AS build');
    expect(guardOf(plan, 'multi-stage')).toBe(
      'puppeteer downloads a browser outside of node_modules: install the package `chromium`, and set PUPPETEER_SKIP_DOWNLOAD and PUPPETEER_EXECUTABLE_PATH',
    );
  });

  it('asks for a .dockerignore where modules of the host would be copied in', () => {
    const plan = planFor(NAIVE, TYPESCRIPT, { unlisted: ['node_modules', '.git'] });
    expect(plan.files).toMatchObject([{ path: '.dockerignore', before: undefined }]);
    expect(plan.files[0]?.after).toContain('\n**/node_modules\n');
    expect(plan.after).toContain('AS build');
  });

  it('tells an install from a build that was one RUN with it', () => {
    const { after } = planFor(
      'FROM node:20\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\nCMD ["node", "dist/main.js"]\n',
      {
        'package.json': JSON.stringify({
          scripts: { build: 'tsc' },
          dependencies: { express: '4' },
          devDependencies: { typescript: '5' },
        }),
        'package-lock.json': '{}',
        'tsconfig.json': '{"compilerOptions":{"outDir":"dist","rootDir":"src"}}',
        'src/main.ts': 'export {};',
      },
    );
    const [dependencies = ''] = after.split(/^# Build stage.*$/m);
    expect(dependencies).toContain('npm ci --omit=dev');
    expect(dependencies).not.toContain('run build');
  });
});

describe('Node.js that Compose or a platform starts otherwise', () => {
  const files = {
    'package.json':
      '{"scripts":{"build":"tsc","dev":"vite"},"dependencies":{"express":"^4"},"devDependencies":{"prisma":"^5","typescript":"^5","vite":"^5"}}',
    'package-lock.json': '{"lockfileVersion":3}',
    'tsconfig.json': '{"compilerOptions":{"outDir":"dist","rootDir":"src"}}',
    'src/server.ts': 'import express from "express"; express().listen(3000)',
  };
  const dockerfile =
    'FROM node:20\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\nRUN npm run build\nCMD ["node", "dist/server.js"]\n';
  const withStart = (start: string) => planFor(dockerfile, files, { services: [{ starts: [start] }] });

  it('keeps the tools of development that run there', () => {
    expect(planFor(dockerfile, files).after).toContain('--omit=dev');
    expect(withStart('sh -c "npx prisma migrate deploy && node dist/server.js"').after).not.toContain('--omit=dev');
    const released = { ...files, 'fly.toml': '[deploy]\n  release_command = "npx prisma migrate deploy"\n' };
    expect(planFor(dockerfile, released).after).not.toContain('--omit=dev');
  });

  it.each([
    ['npm run migrate && node dist/server.js', '"migrate":"typeorm-ts-node-commonjs migration:run -d src/source.ts"'],
    ['npx prisma db seed && node dist/server.js', '"a":"b"'],
  ])('keeps what loads TypeScript there: %s', (start, script) => {
    const json = `{"scripts":{"build":"tsc",${script}},"prisma":{"seed":"ts-node prisma/seed.ts"},"dependencies":{"typeorm":"^0.3","prisma":"^5"},"devDependencies":{"typescript":"^5","ts-node":"^10"}}`;
    const started = dockerfile.replace(/CMD .*/, `CMD ["sh", "-c", ${JSON.stringify(start)}]`);
    expect(planFor(started, { ...files, 'package.json': json }).after).not.toContain('--omit=dev');
  });

  it('makes no stage where a development server is started', () => {
    expect(guardOf(withStart('npm run dev'), 'multi-stage')).toContain('`vite` starts a development server');
  });
});
