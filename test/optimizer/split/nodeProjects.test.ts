import { describe, expect, it } from 'vitest';
import { guardOf, planFor } from '../../helpers/plan';

function json(more: object): string {
  return JSON.stringify({ name: 'app', dependencies: { express: '4' }, ...more });
}

/** The final stage, without its comments. */
function finalOf(after: string): string {
  return (after.split(/^FROM .*$/m).at(-1) ?? '').replace(/^#.*\n/gm, '').trim();
}

const TSC = {
  'tsconfig.json': '{"compilerOptions": {\n// "outDir": "lib",\n"outDir": "./dist"}}',
  'src/server.ts': "import express from 'express';\n",
};

describe('package managers', () => {
  const scripts = { build: 'tsc', start: 'node dist/server.js' };
  const devDependencies = { typescript: '5' };

  it('installs a second time with yarn, for what runs', () => {
    const { after } = planFor(
      'FROM node:20\nWORKDIR /app\nCOPY package.json yarn.lock ./\nRUN yarn\nCOPY . .\nRUN yarn build\nCMD ["yarn", "start"]\n',
      { ...TSC, 'package.json': json({ scripts, devDependencies }), 'yarn.lock': '# yarn lockfile v1\n' },
    );
    expect(after).toContain('RUN yarn install --production');
    expect(finalOf(after)).toContain('COPY --from=dependencies /app/node_modules');
    expect(finalOf(after)).toContain('CMD ["npm", "start"]');
    expect(finalOf(after)).not.toContain('yarn.lock');
  });

  it('leaves out scripts that nothing in the image starts', () => {
    const files = { ...TSC, 'package.json': json({ scripts, devDependencies }), 'try.sh': 'curl x\n', 'backup.sh': '' };
    const dockerfile =
      'FROM node:20\nWORKDIR /app\nCOPY package.json ./\nRUN npm install\nCOPY . .\nRUN npm run build\nCMD ["npm", "start"]\n';
    expect(finalOf(planFor(dockerfile, files).after)).not.toContain('.sh');
    const calling = { ...files, 'src/job.ts': "execFile('./backup.sh');\n" };
    expect(finalOf(planFor(dockerfile, calling).after)).toMatch(/COPY .*backup\.sh package\.json /);
  });

  it('prunes with yarn where packages run scripts of the project', () => {
    const { after } = planFor(
      'FROM node:20\nWORKDIR /app\nCOPY package.json yarn.lock ./\nRUN yarn\nCOPY . .\nRUN yarn build\nCMD ["yarn", "start"]\n',
      {
        ...TSC,
        'package.json': json({ scripts: { ...scripts, postinstall: 'node x.js' }, devDependencies }),
        'yarn.lock': '# yarn lockfile v1\n',
      },
    );
    expect(after).toContain('RUN yarn install --production --ignore-scripts --prefer-offline\n');
  });

  it.each([
    ['yarn@4.5.0', 'RUN yarn workspaces focus --production\n'],
    ['yarn@3.6.0', undefined],
  ])('prunes with %s where it can', (packageManager, prune) => {
    const { after } = planFor(
      'FROM node:20\nWORKDIR /app\nRUN corepack enable\nCOPY . .\nRUN yarn install\nRUN yarn build\nCMD ["node", "dist/server.js"]\n',
      {
        ...TSC,
        'package.json': json({ scripts, devDependencies, packageManager }),
        'yarn.lock': '__metadata:\n',
        '.yarnrc.yml': 'nodeLinker: node-modules\n',
      },
    );
    expect(finalOf(after)).not.toContain('corepack');
    if (prune === undefined) expect(after).not.toContain('focus');
    else expect(after).toContain(prune);
  });

  it("leaves Yarn's Plug'n'Play alone", () => {
    const plan = planFor(
      'FROM node:20\nWORKDIR /app\nRUN corepack enable\nCOPY . .\nRUN yarn install\nCMD ["yarn", "node", "a.js"]\n',
      { 'package.json': json({}), 'yarn.lock': '__metadata:\n', 'a.js': '' },
    );
    expect(guardOf(plan, 'multi-stage')).toContain('nodeLinker: node-modules');
  });

  it('leaves pnpm behind where what it starts is one command of Node', () => {
    const { after } = planFor(
      'FROM node:20\nWORKDIR /app\nRUN npm i -g pnpm\nCOPY package.json pnpm-lock.yaml ./\nRUN pnpm i --frozen-lockfile\nCOPY . .\nRUN pnpm build\nCMD ["pnpm", "start"]\n',
      { ...TSC, 'package.json': json({ scripts, devDependencies }), 'pnpm-lock.yaml': 'lockfileVersion: 9\n' },
    );
    expect(after.match(/npm i -g pnpm/g)).toHaveLength(2);
    expect(after).toContain('RUN pnpm i --prod --frozen-lockfile');
    expect(finalOf(after)).toContain('CMD ["npm", "start"]');
    expect(finalOf(after)).not.toContain('pnpm');
  });

  it('keeps a package manager that starts more than one command', () => {
    const { after } = planFor(
      'FROM node:20\nWORKDIR /app\nRUN corepack enable\nCOPY . .\nRUN pnpm i\nRUN pnpm build\nCMD ["pnpm", "start"]\n',
      {
        ...TSC,
        'package.json': json({
          scripts: { build: 'tsc', start: 'node dist/migrate.js && node dist/server.js' },
          devDependencies,
        }),
        'pnpm-lock.yaml': 'lockfileVersion: 9\n',
      },
    );
    expect(finalOf(after)).toContain('RUN corepack enable');
    expect(finalOf(after)).toContain('CMD ["pnpm", "start"]');
  });

  it('takes the option that old releases of npm know', () => {
    const { after } = planFor(
      'FROM node:14\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\nRUN npm run build\nCMD ["node", "dist/server.js"]\n',
      { ...TSC, 'package.json': json({ scripts, devDependencies }), 'package-lock.json': '{}' },
    );
    expect(after).toContain('RUN npm ci --production');
  });
});

describe('Corepack', () => {
  const files = {
    'package.json': json({
      packageManager: 'pnpm@9.1.0',
      scripts: { build: 'next build', start: 'next start' },
      dependencies: { next: '15' },
      devDependencies: { typescript: '5' },
    }),
    'pnpm-lock.yaml': '',
    'app/page.tsx': '',
    'a.js': '',
  };
  const docker =
    'FROM node:20\nWORKDIR /app\nRUN corepack enable\nCOPY package.json pnpm-lock.yaml ./\nRUN pnpm i\nCOPY . .\nRUN pnpm build\nCMD ["pnpm", "start"]\n';

  it('has the package manager that starts the program in the image, for each user', () => {
    const { after } = planFor(docker, files);
    expect(after.match(/^ENV COREPACK_HOME=\/usr\/local\/share\/corepack\nRUN corepack enable$/gm)).toHaveLength(3);
    expect(finalOf(after)).toContain('--from=build /usr/local/share/corepack /usr/local/share/corepack');
    expect(finalOf(after)).toContain('USER node\nCMD ["pnpm", "start"]');
  });

  it.each([
    ['RUN corepack enable && corepack prepare pnpm@8.10.0 --activate', true],
    ['RUN corepack enable', false],
  ])('does not fetch it once more for the user after %s', (run, isSet) => {
    const { after } = planFor(
      `FROM node:20-alpine\n${run}\nWORKDIR /app\nCOPY . .\nRUN pnpm i\nRUN pnpm exec turbo build\nCMD ["node", "a.js"]\n`,
      { ...files, 'package.json': json({}) },
    );
    expect(after).toContain('USER node\nRUN pnpm i');
    expect(after.includes(`ENV COREPACK_HOME=/usr/local/share/corepack\n${run}`)).toBe(isSet);
  });
});

describe('global tools', () => {
  const files = {
    'package.json': json({ scripts: { build: 'nest build' } }),
    'nest-cli.json': '{}',
    'src/main.ts': '',
  };

  it('builds with the one and runs with the other', () => {
    const { after } = planFor(
      'FROM node:20\nWORKDIR /app\nRUN npm i -g @nestjs/cli\nRUN npm i -g pm2\nCOPY . .\nRUN npm install\nRUN npm run build\nCMD ["pm2-runtime", "dist/main.js"]\n',
      files,
    );
    const final = finalOf(after);
    expect(final).toContain('pm2');
    expect(final).not.toContain('nestjs');
    expect(after.match(/npm i -g pm2/g)).toHaveLength(1);
  });

  it('leaves what persons call in the container', () => {
    const { after } = planFor(
      'FROM node:20\nWORKDIR /app\nRUN npm i -g sequelize-cli\nRUN npm i -g typescript\nCOPY . .\nRUN npm install\nCMD ["node", "a.js"]\n',
      { ...files, 'a.js': '' },
    );
    expect(finalOf(after)).toContain('npm i -g sequelize-cli');
    expect(finalOf(after)).not.toContain('typescript');
  });

  it('tells them apart in one RUN with the install', () => {
    const { after } = planFor(
      'FROM node:20\nWORKDIR /app\nCOPY . .\nRUN npm i -g serve && npm install\nRUN npm run build\nCMD ["serve", "-s", "dist"]\n',
      { ...files, 'package.json': json({ scripts: { build: 'vite build' } }), 'index.html': '' },
    );
    const final = finalOf(after);
    expect(final).toContain('npm i -g serve');
    expect(final.match(/^COPY .*$/gm)).toEqual(['COPY --chown=node:node --from=build /app/dist /app/dist']);
  });
});

describe('what runs', () => {
  const docker =
    'FROM node:20-alpine\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\nRUN npm run build\nCMD ["npm", "start"]\n';
  const project = (manifest: object, files: Record<string, string> = {}) => ({
    ...TSC,
    'package.json': json(manifest),
    'package-lock.json': '{}',
    ...files,
  });
  const devDependencies = { typescript: '5', prisma: '5', vite: '5', '@sveltejs/kit': '2', eslint: '9' };

  it('keeps tsconfig.json for paths that are looked up while it runs', () => {
    const { after } = planFor(
      docker,
      project({
        scripts: { build: 'tsc', start: 'node -r tsconfig-paths/register dist/server.js' },
        dependencies: { 'tsconfig-paths': '4' },
        devDependencies,
      }),
    );
    expect(finalOf(after)).toMatch(/COPY .*package\.json tsconfig\.json/);
  });

  it.each([
    ['src/routes/+page.server.ts', 'export default { plugins: [sveltekit()] };', true],
    ['src/routes/+page.server.ts', "export default { plugins: [sveltekit()], ssr: { external: ['x'] } };", false],
    ['server.js', 'export default { plugins: [sveltekit()] };', false],
  ])('leaves out what adapter-node bundles, as imported by %s with %s: %s', (path, vite, isLeftOut) => {
    const start = path === 'server.js' ? 'node server.js' : 'node build';
    const { after } = planFor(
      docker,
      project(
        { scripts: { build: 'vite build', start }, type: 'module', dependencies: { pg: '8' }, devDependencies },
        {
          'svelte.config.js':
            "import adapter from '@sveltejs/adapter-node';\nexport default { kit: { adapter: adapter() } };\n",
          'vite.config.ts': vite,
          'src/app.html': '',
          'static/a.png': '',
          [path]: "import { error } from '@sveltejs/kit';\n",
        },
      ),
    );
    expect(/--omit=dev/.test(after)).toBe(isLeftOut);
    if (isLeftOut) expect(finalOf(after)).not.toMatch(/src|static/);
  });

  it('keeps what sources read, though documentation or sources lie beside it', () => {
    const { after } = planFor(
      docker,
      project(
        { scripts: { build: 'tsc', start: 'node dist/server.js' }, devDependencies },
        {
          'src/server.ts': "import a from 'express';\nserve('./docs/api.yaml');\nswagger({apis: ['./src/*.ts']});\n",
          'docs/api.yaml': '',
          'test/a.test.ts': '',
          'posts/first.md': '',
          '.eslintrc.js': "module.exports = {ignorePatterns: ['.eslintrc.js', 'test/x.ts']};\n",
        },
      ),
    );
    const final = finalOf(after);
    expect(final).toContain('docs ./docs');
    expect(final).toContain('src ./src');
    expect(final).toContain('posts ./posts');
    expect(final).not.toMatch(/test|eslintrc|tsconfig/);
  });

  it.each([
    ['next.config.js', "module.exports = {output: 'standalone'}", true],
    ['next.config.mjs', "export default {\n  output: 'standalone',\n}", true],
    ['next.config.js', "module.exports = {\n  // output: 'standalone',\n}", false],
  ])('runs Next.js as %s says: %s', (name, config, isStandalone) => {
    const { after } = planFor(
      docker,
      project(
        {
          scripts: { build: 'next build', start: 'next start -p 8080' },
          dependencies: { next: '15' },
          devDependencies,
        },
        { [name]: config, 'public/a.svg': '', 'pages/index.tsx': '' },
      ),
    );
    const final = finalOf(after);
    expect(final).toContain('public ./public');
    if (isStandalone) {
      expect(final).toMatch(/COPY .*--chown=node:node --from=build \/app\/\.next\/standalone \/app\n/);
      expect(final).not.toContain('next.config');
      expect(final).toContain('COPY --chown=node:node --from=build /app/.next/static /app/.next/static\n');
      expect(final).toContain('HOSTNAME=0.0.0.0');
      expect(final).toContain('CMD ["node", "server.js"]');
      expect(final).not.toContain('node_modules');
    } else {
      expect(final).toContain('COPY --chown=node:node --from=build /app/.next /app/.next');
      expect(final).toContain('next.config.js');
      expect(final).toContain('node_modules');
    }
  });

  describe('settings of Next.js, which are read at each start', () => {
    const next = (files: Readonly<Record<string, string>>, more: object = {}) =>
      planFor(
        docker,
        project(
          {
            scripts: { build: 'next build', start: 'next start' },
            dependencies: { next: '15', 'next-intl': '4' },
            devDependencies,
            ...more,
          },
          { 'src/app/page.tsx': '', 'README.md': '#', ...files },
        ),
      ).after;

    it('have TypeScript beside them where they are written in it', () => {
      const after = next({ 'next.config.ts': 'export default {};\n' });
      expect(after).toContain('npm ci --omit=dev');
      expect(finalOf(after)).toContain(
        'COPY --chown=node:node --from=build /app/node_modules/typescript /app/node_modules/typescript\n',
      );
      expect(finalOf(after)).not.toContain('src ./src');
    });

    it('keep all packages where that one cannot be taken by itself', () => {
      const after = next({ 'next.config.ts': 'export default {};\n' }, { devDependencies: { typescript: '^7.0.0' } });
      expect(after).not.toContain('--omit=dev');
    });

    it('import packages of development', () => {
      const after = next(
        { 'next.config.mjs': "import analyze from '@next/bundle-analyzer';\nexport default analyze({});\n" },
        { devDependencies: { typescript: '5', '@next/bundle-analyzer': '15' } },
      );
      expect(after).not.toContain('--omit=dev');
    });

    it.each([
      ['import', "import './src/env';\nexport default {};\n"],
      ['name', "import plugin from 'next-intl/plugin';\nexport default plugin('./src/i18n/request.ts')({});\n"],
      ['have a plugin that looks for', "import plugin from 'next-intl/plugin';\nexport default plugin()({});\n"],
    ])('%s sources', (_, config) => {
      const after = next({ 'next.config.ts': config, 'src/i18n/request.ts': '' });
      expect(finalOf(after)).toContain('src ./src');
    });
  });

  it('takes the client of Prisma along, and OpenSSL', () => {
    const { after } = planFor(
      docker.replace('20-alpine', '20').replace('RUN npm run', 'RUN npx prisma generate\nRUN npm run'),
      project(
        {
          scripts: { build: 'tsc', start: 'node dist/server.js' },
          dependencies: { '@prisma/client': '5' },
          devDependencies,
        },
        { 'prisma/schema.prisma': 'generator client {\n  provider = "prisma-client-js"\n}\n' },
      ),
    );
    expect(after).toContain('RUN npm prune --omit=dev');
    expect(finalOf(after)).toContain('openssl');
    expect(finalOf(after)).toContain('COPY --from=build /app/node_modules');
    expect(finalOf(after)).toContain('prisma ./prisma');
  });

  it.each([
    [{ start: 'vite --host' }, '`vite --host` starts a development server, which needs all sources and packages'],
    [
      { start: 'npm run build && node dist/server.js', build: 'tsc' },
      '`tsc` builds the program on every container start: build it in a RUN and start the result',
    ],
    [
      { start: 'prisma migrate deploy && node dist/server.js', build: 'tsc' },
      'the container runs `prisma` from devDependencies: move it to dependencies, so that the others can be left out',
    ],
  ])('says what keeps it as it is: %j', (scripts, guard) => {
    const plan = planFor(docker, project({ scripts: { build: 'tsc', ...scripts }, devDependencies }));
    expect(guardOf(plan, 'multi-stage')).toBe(guard);
  });

  it('knows what runs sources from what builds', () => {
    const plan = planFor(docker, project({ scripts: { build: 'tsc', start: 'babel-node src/server.js' } }));
    expect(guardOf(plan, 'multi-stage')).not.toContain('builds the program');
  });

  it('leaves an argument in the stage that it is for, though it is shown', () => {
    const { after } = planFor(
      docker.replace('COPY package', 'ARG API\nRUN echo "$API"\nCOPY package'),
      project({ scripts: { build: 'tsc', start: 'node dist/server.js' }, devDependencies }),
    );
    expect(after).toContain('ARG API');
    expect(finalOf(after)).not.toContain('ARG API');
  });

  it('follows an entrypoint to what it calls', () => {
    const plan = planFor(
      docker.replace('CMD', 'COPY start.sh /start.sh\nENTRYPOINT ["/start.sh"]\nCMD'),
      project(
        { scripts: { build: 'tsc', start: 'node dist/server.js' }, devDependencies },
        { 'start.sh': '#!/bin/sh\nset -e\nnpx prisma db push\nexec "$@"\n' },
      ),
    );
    expect(guardOf(plan, 'multi-stage')).toContain('`prisma` from devDependencies');
  });

  it.each([
    ['pg-native', 'libpq5'],
    ['fluent-ffmpeg', undefined],
    ['canvas', 'libcairo2'],
    ['@prisma/client', 'openssl'],
  ])('installs what %s loads', (name, library) => {
    const { after } = planFor(
      docker.replace('20-alpine', '20'),
      project({
        scripts: { build: 'tsc', start: 'node dist/server.js' },
        dependencies: { [name]: '1' },
        devDependencies,
      }),
    );
    expect(finalOf(after)).toContain('COPY --chown=node:node --from=build /app/dist /app/dist');
    if (library === undefined) expect(finalOf(after)).not.toContain('apt-get');
    else expect(finalOf(after)).toContain(library);
  });

  it('takes a whole folder out of workspaces', () => {
    const { after } = planFor(
      'FROM node:20\nWORKDIR /app\nCOPY . .\nRUN npm ci\nRUN npm run build --workspaces\nCMD ["node", "packages/api/dist/server.js"]\n',
      {
        'package.json': JSON.stringify({ workspaces: ['packages/*'], devDependencies: { typescript: '5' } }),
        'package-lock.json': '{}',
        'packages/api/package.json': json({ scripts: { build: 'tsc' } }),
        'packages/api/src/server.ts': '',
      },
    );
    expect(after).toContain('RUN npm ci --omit=dev\n\n');
    expect(after).toContain('RUN find . -name node_modules -prune -exec rm -rf {} +\n\n');
    expect(finalOf(after)).toContain(
      'COPY --chown=node:node --from=dependencies /app /app\nCOPY --chown=node:node --from=build /app /app\n',
    );
  });

  it('takes what runs where packages are installed in several folders', () => {
    const { after } = planFor(
      'FROM node:20\nWORKDIR /app\nCOPY . .\nRUN npm install\nRUN cd client && npm install && npm run build\nCMD ["node", "server.js"]\n',
      { 'package.json': json({}), 'server.js': '', 'client/package.json': json({ scripts: { build: 'vite build' } }) },
    );
    expect(finalOf(after)).toContain(
      'COPY --chown=node:node . .\nCOPY --from=build /app/node_modules /app/node_modules\nCOPY --chown=node:node --from=build /app/client/dist /app/client/dist\n',
    );
  });

  it('builds as the user that the file switches to, and gives the user what it takes over', () => {
    const { after } = planFor(
      'FROM node:20\nRUN mkdir -p /home/node/app && chown -R node:node /home/node/app\nWORKDIR /home/node/app\nCOPY package*.json ./\nUSER node\nRUN npm ci\nCOPY --chown=node:node . .\nCMD ["node", "app.js"]\n',
      { 'package.json': json({}), 'package-lock.json': '{}', 'app.js': '' },
    );
    const [build = ''] = after.split('FROM node:20-slim');
    expect(build).toContain('USER node\nRUN npm ci');
    expect(after).toContain(
      'COPY --from=build --chown=node:node /home/node/app/node_modules /home/node/app/node_modules',
    );
  });
});

describe('where the program lies', () => {
  const start = 'CMD ["node", "server.js"]\n';

  it('leaves a file alone that installs elsewhere and copies the packages', () => {
    const plan = planFor(
      `FROM node:20\nCOPY package.json /tmp/\nRUN cd /tmp && npm install\nRUN mkdir -p /app && cp -a /tmp/node_modules /app/\nWORKDIR /app\nCOPY . .\n${start}`,
      { 'package.json': json({}), 'server.js': '' },
    );
    expect(guardOf(plan, 'multi-stage')).toBe('packages are installed in /tmp, but the program runs in /app');
  });

  it('takes the folder as it is where files of the program are put in place between the steps', () => {
    const { after } = planFor(
      `FROM node:20\nWORKDIR /app\nCOPY . .\nRUN npm install\nRUN cp .env.example .env && chmod +x run.sh\nRUN npm run build\nCMD ["node", "dist/server.js"]\n`,
      { ...TSC, 'package.json': json({ scripts: { build: 'tsc' } }), '.env.example': '', 'run.sh': '' },
    );
    expect(finalOf(after)).toMatch(/COPY --chown=node:node --from=build \/app \/app/);
    expect(finalOf(after)).not.toMatch(/cp|chmod/);
  });

  it('goes on as a whole where the working directory is one of several packages', () => {
    const { after } = planFor(
      `FROM node:20\nWORKDIR /app\nCOPY . /app\nRUN yarn install\nWORKDIR /app/packages/server\nRUN yarn build\nCMD ["node", "dist/index.js"]\n`,
      {
        'package.json': JSON.stringify({ workspaces: ['packages/*'] }),
        'yarn.lock': '# yarn lockfile v1\n',
        'packages/server/package.json': json({ scripts: { build: 'tsc' } }),
      },
    );
    expect(finalOf(after)).toMatch(/COPY --chown=node:node --from=build \/app \/app/);
    expect(finalOf(after)).toContain('WORKDIR /app/packages/server');
  });

  it('finds what `node .` runs', () => {
    const { after } = planFor(
      'FROM node:20\nWORKDIR /app\nCOPY . .\nRUN npm install\nRUN npm run build\nCMD ["npm", "start"]\n',
      { ...TSC, 'package.json': json({ main: 'dist/server.js', scripts: { build: 'tsc', start: 'node .' } }) },
    );
    expect(finalOf(after)).toContain('COPY --chown=node:node --from=build /app/dist /app/dist');
  });
});

describe('several packages', () => {
  const shop = (devDependencies: object) => ({
    'package.json': JSON.stringify({
      workspaces: ['packages/*'],
      scripts: { build: 'npm run build --workspaces' },
      devDependencies: { typescript: '5' },
    }),
    'package-lock.json': '{}',
    'packages/api/package.json': json({
      name: 'api',
      scripts: { build: 'tsc', start: 'node dist/a.js' },
      devDependencies,
    }),
    'packages/api/src/a.ts': "import chalk from 'chalk';\n",
  });
  const docker = (start: string) =>
    `FROM node:20\nWORKDIR /app\nCOPY . .\nRUN npm ci\nRUN npm run build\nCMD ${JSON.stringify(start.split(' '))}\n`;

  it.each(['npm start --workspace api', 'npm run start -w packages/api', 'npm --prefix packages/api start'])(
    'lets npm start the one that `%s` names',
    (start) => {
      const { after } = planFor(docker(start), shop({}));
      expect(finalOf(after)).toContain(`CMD ${JSON.stringify(start.split(' '))}`);
      expect(after).toContain('RUN npm ci --omit=dev\n');
    },
  );

  it('prunes where one of them has scripts of its own', () => {
    const { after } = planFor(
      'FROM node:20\nWORKDIR /app\nCOPY package*.json ./\nCOPY packages/api/package.json packages/api/\nRUN npm ci\nCOPY . .\nRUN npm run build\nCMD ["npm", "start", "--workspace", "api"]\n',
      {
        ...shop({}),
        'packages/api/package.json': json({
          name: 'api',
          scripts: { build: 'tsc', start: 'node .', prepare: 'husky' },
        }),
      },
    );
    expect(after).toContain('RUN npm prune --omit=dev\n');
  });

  it('installs what runs of a workspace of pnpm by itself', () => {
    const { after } = planFor(
      'FROM node:20\nWORKDIR /app\nRUN npm install -g pnpm@9\nCOPY . .\nRUN pnpm install --frozen-lockfile\nRUN pnpm -r build\nCMD ["node", "packages/api/dist/a.js"]\n',
      { ...shop({}), 'pnpm-lock.yaml': '', 'pnpm-workspace.yaml': 'packages:\n  - packages/*\n' },
    );
    expect(after).toContain('RUN pnpm install --prod --frozen-lockfile\n\n');
    expect(finalOf(after)).toContain('COPY --chown=node:node --from=dependencies /app /app\n');
  });

  it('keeps what one of them uses of its devDependencies', () => {
    const { after } = planFor(docker('npm start --workspace api'), shop({ chalk: '5' }));
    expect(after).toContain('AS build');
    expect(after).not.toContain('prune');
  });

  it('does not know what a package starts that is not there', () => {
    expect(guardOf(planFor(docker('npm start --workspace web'), shop({})), 'multi-stage')).toBe(
      'cannot determine what the container starts',
    );
  });
});

describe('a version out of a variable', () => {
  it.each([
    ['ARG V=20\nFROM node:${V}', 'FROM node:${V}-slim'],
    ['ARG V=20\nFROM node:$V-bookworm', 'FROM node:$V-bookworm-slim'],
  ])('is the same in both stages of %j', (from, slim) => {
    const { after } = planFor(`${from}\nWORKDIR /app\nCOPY . .\nRUN npm install\nCMD ["node", "server.js"]\n`, {
      'package.json': json({}),
      'server.js': '',
    });
    expect(after).toContain(`${from.split('\n')[1]} AS build`);
    expect(after).toContain(`${slim}\n`);
  });

  it('is left alone where it is the whole image', () => {
    const plan = planFor(
      'ARG I=node:20\nFROM ${I}\nWORKDIR /app\nCOPY . .\nRUN npm install\nCMD ["node", "server.js"]\n',
      {
        'package.json': json({}),
        'server.js': '',
      },
    );
    expect(guardOf(plan, 'multi-stage')).toBe(
      'a variable names the base image: write its name in FROM, or give the ARG a default',
    );
  });
});

describe('Next.js that `next start` runs', () => {
  const files = {
    'package.json': json({ scripts: { build: 'next build', start: 'next start' }, dependencies: { next: '14' } }),
    'package-lock.json': '{}',
    'pages/index.jsx': '',
  };
  const docker = (build: string) =>
    `FROM node:20\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\n${build}\nCMD ["npm", "start"]\n`;

  it.each([
    ['RUN npm run build', 'RUN npm run build && rm -rf .next/cache\n'],
    ['RUN echo a \\\n    && npm run build', 'RUN echo a \\\n    && npm run build \\\n    && rm -rf .next/cache\n'],
  ])('leaves what it keeps for the next build in the stage of %j', (build, built) => {
    const { after } = planFor(docker(build), files);
    expect(after).toContain(built);
    expect(finalOf(after)).toContain('COPY --chown=node:node --from=build /app/.next /app/.next\n');
  });

  it('leaves a cache alone that is mounted', () => {
    const build = 'RUN --mount=type=cache,target=/app/.next/cache npm run build';
    expect(planFor(docker(build), files).after).toContain(`${build}\n`);
  });
});

describe('packages of development that cannot be removed', () => {
  const files = {
    'package.json': json({
      scripts: { build: 'tsc', start: 'node dist/server.js' },
      dependencies: { '@prisma/client': '5', prisma: '5' },
      devDependencies: { typescript: '5' },
    }),
    'prisma/schema.prisma': '',
    ...TSC,
  };
  const docker = (install: string) =>
    `FROM node:22-alpine\nWORKDIR /app\nCOPY package.json ./\n${install}\nCOPY . .\nRUN yarn build\nCMD ["node", "dist/server.js"]\n`;

  it('are a reason, not "nothing that only the build needs"', () => {
    expect(guardOf(planFor(docker('RUN yarn install'), files), 'multi-stage')).toBe(
      'development packages cannot be removed after this build: install the production packages in a separate stage',
    );
    expect(guardOf(planFor(docker('RUN yarn install --production'), files), 'multi-stage')).toBe(
      'the image contains nothing that only the build needs',
    );
  });
});

describe('a program without packages of development', () => {
  const files = {
    'package.json': json({
      scripts: { generate: 'prisma generate', start: 'node a.js' },
      dependencies: { '@prisma/client': '5', prisma: '5' },
    }),
    'package-lock.json': '{}',
    'a.js': '',
  };
  const docker = (lines: string) =>
    `FROM node:22-alpine\nWORKDIR /app\nCOPY package*.json ./\n${lines}\nCOPY . .\nCMD ["npm", "start"]\n`;

  it('has nothing to leave in another stage of the same image', () => {
    expect(guardOf(planFor(docker('RUN npm ci --omit=dev\nRUN npm run generate'), files), 'multi-stage')).toBe(
      'the image contains nothing that only the build needs',
    );
  });

  it.each(['RUN npm prune --omit=dev', 'RUN npm ci --omit=dev'])('leaves there what `%s` takes out', (line) => {
    expect(planFor(docker(`RUN npm ci\nRUN npm run generate\n${line}`), files).after).toContain('AS build');
  });
});

describe('what is started', () => {
  const files = {
    'package.json': json({ scripts: { start: 'node a.js' } }),
    'wait-for-it.sh': '#!/usr/bin/env bash\nexec "${CLI[@]}"\n',
    'a.js': '',
  };
  const docker = (start: string) =>
    `FROM node:20\nWORKDIR /app\nCOPY . .\nRUN npm install\nCMD ${JSON.stringify(start.split(' '))}\n`;

  it('is told where npm has started it, and stays with npm where only npm stops it', () => {
    const stopping = { ...files, 'a.js': "process.once('SIGTERM', stop)" };
    const step = planFor(docker('npm start'), stopping).steps.find(({ id }) => id === 'multi-stage');
    expect(step?.reason).toContain('CMD starts `node a.js` directly');
    for (const start of ['node a.js', 'npm start']) {
      const plan = planFor(docker(start), files);
      expect(plan.steps.find(({ id }) => id === 'multi-stage')?.reason).not.toContain('CMD');
      expect(plan.after).toContain(`CMD ${JSON.stringify(start.split(' '))}\n`);
    }
  });

  it.each([
    ['pnpm start', { start: 'node a.js' }, ['npm', 'start']],
    ['pnpm serve', { serve: 'node a.js' }, ['npm', 'run', 'serve']],
  ])('npm starts what `%s` does', (start, scripts, expected) => {
    const dockerfile = docker(start).replace('npm install', 'npm i -g pnpm && pnpm i');
    const { after } = planFor(dockerfile, { ...files, 'package.json': json({ scripts }), 'pnpm-lock.yaml': '' });
    expect(after).toContain(`CMD ${JSON.stringify(expected).replaceAll(',', ', ')}\n`);
  });

  it('tini stops a program whose npm the system would have to install', () => {
    const system = 'FROM debian:12\nRUN apt-get update && apt-get install -y nodejs npm && rm -rf /var/lib/apt/lists/*';
    const dockerfile = docker('npm start').replace('FROM node:20', system);
    const after = finalOf(planFor(dockerfile, files).after);
    expect(after).toMatch(/ nodejs tini\b/);
    expect(after).toContain('CMD ["tini", "--", "node", "a.js"]');
    expect(finalOf(planFor(dockerfile, { ...files, 'a.js': "process.on('SIGTERM', stop)" }).after)).not.toContain(
      'tini',
    );
  });

  it.each(['./wait-for-it.sh db:5432 -- npm start', 'dockerize -wait tcp://db:5432 -- node a.js'])(
    'stands behind what waits for a service: %s',
    (start) => {
      expect(planFor(docker(start), files).after).toContain('FROM node:20-slim\n');
    },
  );
});

describe('packages with browsers', () => {
  it('say what to do', () => {
    const plan = planFor('FROM node:20\nWORKDIR /app\nCOPY . .\nRUN npm install\nCMD ["node", "a.js"]\n', {
      'package.json': json({ dependencies: { puppeteer: '22' } }),
      'a.js': '',
    });
    expect(guardOf(plan, 'multi-stage')).toMatch(/^puppeteer downloads a browser .*: install the package `chromium`/);
  });
});

describe('nodemon of the whole image', () => {
  const docker = 'FROM node:20\nRUN npm i -g nodemon\nWORKDIR /app\nCOPY . .\nRUN npm install\nCMD ["npm", "start"]\n';

  it.each([
    [
      'a script',
      {
        scripts: {
          start: 'nodemon --exec npm run go -- a.js',
          go: 'babel-node',
        },
      },
      {},
      '@babel/node',
    ],
    ['its settings', { scripts: { start: 'nodemon' } }, { 'nodemon.json': '{"exec": "ts-node ./a.ts"}' }, 'ts-node'],
    ['a source in TypeScript', { scripts: { start: 'nodemon src/a.ts' } }, {}, 'ts-node'],
  ])('starts what %s names: it stays', (_, more, files, name) => {
    const devDependencies = { [name]: '1', jest: '29' };
    const { after } = planFor(docker, {
      'package.json': json({ ...more, devDependencies }),
      'a.js': '',
      ...files,
    });
    expect(after).not.toMatch(/omit=dev|prune/);
  });

  it('leaves packages of development out where it starts none', () => {
    const { after } = planFor(docker, {
      'package.json': json({
        scripts: { start: 'nodemon a.js' },
        devDependencies: { jest: '29' },
      }),
      'a.js': '',
    });
    expect(after).toContain('npm install --omit=dev');
  });
});

describe('Bun', () => {
  const docker =
    'FROM oven/bun:1\nWORKDIR /app\nCOPY package.json bun.lock* ./\nRUN bun install --frozen-lockfile || bun install\nCOPY . .\nCMD ["bun", "run", "start"]\n';
  const files = {
    'package.json': json({
      scripts: { start: 'bun src/server.ts', build: 'bun build src/server.ts --target bun --outdir ./dist' },
      devDependencies: { '@types/bun': '1' },
    }),
    'bun.lock': '{}',
    'src/server.ts': "import express from 'express';\n",
  };

  it('installs what runs, and runs sources as its user', () => {
    expect(planFor(docker, files).after).toBe(`# Build stage: install the dependencies
FROM oven/bun:1 AS build
WORKDIR /app
COPY package.json bun.lock* ./
RUN bun install --production --frozen-lockfile || bun install --production

# Final stage: what the app needs at run time
FROM oven/bun:1-slim
WORKDIR /app
RUN chown bun:bun /app
COPY --from=build /app/node_modules /app/node_modules
COPY --chown=bun:bun . .
USER bun
CMD ["bun", "run", "start"]
`);
  });

  it('keeps what is built alone', () => {
    const { after } = planFor(
      docker.replace('CMD ["bun", "run", "start"]', 'RUN bun run build\nCMD ["bun", "dist/server.js"]'),
      files,
    );
    expect(after).toContain('AS dependencies');
    expect(finalOf(after)).toContain('--from=build /app/dist /app/dist');
    expect(finalOf(after)).not.toContain('src');
  });

  it('installs all where the lock file may not fit', () => {
    const { after } = planFor(docker.replace('--frozen-lockfile || bun install', ''), {
      ...files,
      'bun.lock': '{"workspaces": {"": {"dependencies": {"express": "3"}}}}',
    });
    expect(after).not.toContain('--production');
    expect(finalOf(after)).toContain('/app/node_modules');
  });

  it('says that a build at each start keeps all', () => {
    const plan = planFor(docker.replace('"run", "start"', '"run", "dev"'), {
      ...files,
      'package.json': json({ scripts: { dev: 'bunx vite' } }),
    });
    expect(guardOf(plan, 'multi-stage')).toContain('development server');
  });
});

describe('a final stage that installs packages for production', () => {
  const BUILD = 'FROM node:20-alpine AS build\nWORKDIR /repo\nCOPY . .\nRUN npm ci && npm run build\n';
  const files = {
    ...TSC,
    'package.json': json({ scripts: { build: 'tsc' }, devDependencies: { typescript: '5' } }),
    'package-lock.json': '{}',
  };

  it('stays one stage on the same image, also with a second try', () => {
    const plan = planFor(
      `${BUILD}FROM node:20-alpine\nWORKDIR /app\nENV NODE_ENV=production\nCOPY package*.json ./\nRUN npm ci --omit=dev || (echo again && npm install --omit=dev)\nCOPY --from=build /repo/dist ./dist\nCMD ["node", "dist/server.js"]\n`,
      files,
    );
    expect(plan.steps.map(({ id }) => id)).not.toContain('multi-stage');
  });

  it.each([
    ['node:20-alpine', undefined],
    ['node:20', 'the package.json in /app comes from another stage: copy it from the build context'],
  ])('says where the manifest comes from on %s', (image, guard) => {
    const plan = planFor(
      `${BUILD}FROM ${image}\nWORKDIR /app\nCOPY --from=build /repo/package.json ./\nRUN npm install --omit=dev\nCOPY --from=build /repo/dist ./dist\nCMD ["node", "dist/server.js"]\n`,
      files,
    );
    expect(guardOf(plan, 'multi-stage')).toBe(guard);
  });
});

describe('folders that only the build went through', () => {
  it('are not in the final stage', () => {
    const { after } = planFor(
      'FROM node:20\nENV NODE_ENV=production\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\nWORKDIR /app/client\nCOPY client/package*.json ./\nRUN npm install\nCOPY client .\nRUN npm run build\nWORKDIR /app\nCOPY . .\nCMD ["node", "server.js"]\n',
      {
        'package.json': json({}),
        'package-lock.json': '{}',
        'server.js': "require('express')",
        'client/package.json': json({ scripts: { build: 'vite build' }, devDependencies: { vite: '5' } }),
      },
    );
    expect(after.split('FROM node:20-slim')[1]?.match(/WORKDIR .*/g)).toEqual(['WORKDIR /app']);
  });
});

describe('what is known of the start', () => {
  it('is the script of the folder that the start goes to', () => {
    const plan = planFor(
      'FROM node:20\nWORKDIR /srv\nCOPY web ./web\nCOPY api ./api\nRUN cd /srv/web && npm ci && npm run build\nRUN cd /srv/api && npm ci\nCMD cd /srv/api && npm start\n',
      {
        'web/package.json': json({ scripts: { start: 'ng serve', build: 'ng build' }, devDependencies: { x: '1' } }),
        'web/package-lock.json': '{}',
        'api/package.json': json({ scripts: { start: 'node server.js' } }),
        'api/package-lock.json': '{}',
        'api/server.js': '',
      },
    );
    expect(guardOf(plan, 'multi-stage')).toBeUndefined();
    expect(finalOf(plan.after)).toContain('CMD cd /srv/api && exec npm start');
  });

  it('is not the image of another folder', () => {
    const plan = planFor(
      'FROM oven/bun:1\nWORKDIR /app\nCOPY . .\nRUN bun install --production\nCMD ["bun", "run", "packages/api/src/index.ts"]\n',
      { 'package.json': json({}), 'src/index.ts': '' },
    );
    expect(guardOf(plan, 'multi-stage')).toBe(
      'the container starts packages/api/src/index.ts, which is not in the build context',
    );
  });

  it('is nothing where a COPY finds no file', () => {
    const plan = planFor(
      'FROM node:20\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN npm ci\nCOPY packages packages\nCMD ["node", "packages/api/index.js"]\n',
      { 'package.json': json({}), 'index.js': '' },
    );
    expect(guardOf(plan, 'multi-stage')).toBe('COPY names `package-lock.json`, which is not in the build context');
  });

  it('has no package that is fetched by git but the dependencies', () => {
    const started =
      'FROM node:20\nWORKDIR /app\nCOPY package.json ./\nRUN npm install\nCOPY . .\nCMD ["npm", "run", "dev"]\n';
    const scripts = { dev: 'vite' };
    const repository = { type: 'git', url: 'git+https://github.com/a/b.git' };
    const guardFor = (more: object) =>
      guardOf(
        planFor(started, { 'package.json': json({ scripts, repository, ...more }), 'index.html': '' }),
        'slim-base',
      );
    expect(guardFor({})).toBeUndefined();
    expect(guardFor({ dependencies: { kit: 'github:a/kit' } })).toBe('kit may need a compiler or libraries to install');
  });
});
