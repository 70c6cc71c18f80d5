import { expect, test } from 'vitest';
import { planFor } from '../../helpers/plan';

const NAIVE =
  'FROM node:22-slim\nWORKDIR /app\nCOPY . .\nRUN npm ci\nRUN npm run build\nEXPOSE 3000\nCMD ["npm", "start"]\n';

function nuxt(start: string, more: Readonly<Record<string, string>> = {}): Record<string, string> {
  return {
    'package.json': JSON.stringify({
      scripts: { build: 'nuxt build', start, postinstall: 'nuxt prepare' },
      dependencies: { nuxt: '^3.14', ...more },
    }),
    'package-lock.json': '{}',
    'nuxt.config.ts': 'export default defineNuxtConfig({})',
    'app.vue': '',
    'settings.ini': '',
    '.storybook/main.ts': 'export default { stories: ["../components/*.stories.ts"] }',
    'components/a.png': '',
    'public/robots.txt': '',
    'server/api/time.ts': '',
  };
}

function finalOf(after: string): string {
  return after.slice(after.indexOf('# Final stage'));
}

test.each(['node .output/server/index.mjs', 'nuxt preview'])('Nuxt runs its output alone: %s', (start) => {
  const { after } = planFor(NAIVE, nuxt(start));
  expect(after).toContain('COPY package*.json ./\nRUN npm ci\nCOPY . .\n');
  expect(finalOf(after)).toContain('COPY --chown=node:node --from=build /app/.output /app/.output\n');
  expect(finalOf(after)).toContain('CMD ["node", ".output/server/index.mjs"]\n');
  expect(finalOf(after)).not.toMatch(/node_modules|package\.json|app\.vue|public|settings|components/);
});

test('Nuxt with Prisma keeps its packages', () => {
  const { after } = planFor(NAIVE.replace('-slim', ''), {
    ...nuxt('nuxt preview', { '@prisma/client': '5' }),
    'prisma/schema.prisma': '',
  });
  expect(finalOf(after)).toContain('node_modules');
});

test.each([
  ['react-router', 'react-router build', 'react-router-serve ./build/server/index.js'],
  ['@remix-run/node', 'remix vite:build', 'remix-serve ./build/server/index.js'],
])('%s leaves its sources in the build stage', (name, build, start) => {
  const { after } = planFor(NAIVE, {
    'package.json': JSON.stringify({
      scripts: { build, start },
      dependencies: { [name]: '7', '@react-router/serve': '7', '@remix-run/serve': '2' },
      devDependencies: { vite: '5', '@react-router/dev': '7', '@remix-run/dev': '2' },
    }),
    'package-lock.json': '{}',
    'app/root.tsx': '',
    'app/logo.png': '',
    'public/robots.txt': '',
    'vite.config.ts': '',
  });
  expect(finalOf(after)).toContain('COPY --chown=node:node --from=build /app/build /app/build\n');
  expect(finalOf(after)).toContain('COPY --chown=node:node package.json .\n');
  expect(finalOf(after)).not.toMatch(/vite|app\/root|\/app \/app|public|\.\/app/);
});

test('Nest starts what its build has written', () => {
  const files = {
    'package.json': JSON.stringify({
      scripts: { build: 'nest build', start: 'nest start', 'start:prod': 'node dist/main' },
      dependencies: { '@nestjs/core': '10' },
      devDependencies: { '@nestjs/cli': '10' },
    }),
    'package-lock.json': '{}',
    'nest-cli.json': '{}',
    'tsconfig.json': '{"compilerOptions":{"outDir":"./dist"}}',
    'src/main.ts': '',
  };
  expect(finalOf(planFor(NAIVE, files).after)).toContain('CMD ["npm", "run", "start:prod"]\n');
  const stopping = { ...files, 'src/main.ts': 'app.enableShutdownHooks();\n' };
  expect(finalOf(planFor(NAIVE, stopping).after)).toContain('CMD ["node", "dist/main"]\n');
  const unbuilt = planFor(NAIVE.replace('RUN npm run build\n', ''), files);
  expect(unbuilt.after).toContain('CMD ["npm", "start"]\n');
  const mounts = [{ target: '/app', kind: 'bind' as const }];
  expect(planFor(NAIVE, files, { services: [{ mounts }] }).after).toContain('CMD ["npm", "start"]\n');
});

test('what builds again is replaced in CMD, or nothing is left out', () => {
  const nest = (start: string) => ({
    'package.json': JSON.stringify({
      scripts: { build: 'nest build', start, 'start:prod': 'node dist/main' },
      dependencies: { '@nestjs/core': '10' },
      devDependencies: { '@nestjs/cli': '10' },
    }),
    'package-lock.json': '{}',
    'nest-cli.json': '{}',
    'src/main.ts': '',
  });
  const global = NAIVE.replace('RUN npm run build', 'RUN npm i -g @nestjs/cli\nRUN nest build');
  for (const start of ['nest start', '["nest", "start"]', '["npx", "nest", "start"]']) {
    const text = global.replace('CMD ["npm", "start"]', `CMD ${start}`);
    expect(finalOf(planFor(text, nest('nest start')).after)).toContain('CMD ["node", "dist/main"]\n');
  }
  expect(planFor(NAIVE, nest('node migrate.js && nest start')).after).not.toContain('--from=');
  expect(planFor(NAIVE, nest('nest start'), { services: [{ starts: ['npm start'] }] }).after).not.toContain('--from=');
});

test('Nuxt reads variables in a file only through its own command', () => {
  const npx = NAIVE.replace('CMD ["npm", "start"]', 'CMD ["npx", "nuxt", "start"]');
  expect(finalOf(planFor(npx, nuxt('')).after)).toContain('CMD ["node", ".output/server/index.mjs"]\n');
  expect(planFor(npx, { ...nuxt(''), '.env': 'A=1' }).after).toContain('CMD ["npx", "nuxt", "start"]\n');
});

test('a global server is installed above the pages', () => {
  const files = {
    'package.json': '{"scripts":{"build":"react-scripts build"},"dependencies":{"react-scripts":"5"}}',
    'yarn.lock': '# yarn lockfile v1\n',
    'src/index.js': '',
  };
  const source =
    'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN yarn && yarn build && yarn global add serve\nCMD ["serve", "-s", "build"]\n';
  const split = source.replace(' && yarn global add serve', '\nRUN yarn global add serve');
  expect(finalOf(planFor(split, files).after)).toMatch(/RUN yarn global add serve\nCOPY .*--from=build \/app\/build/);
});

test('Astro takes its sources and public files into its output', () => {
  const { after } = planFor(NAIVE.replace('-slim', ''), {
    'package.json': JSON.stringify({
      scripts: { build: 'astro build', start: 'node ./dist/server/entry.mjs' },
      dependencies: { astro: '5', '@astrojs/node': '9' },
    }),
    'package-lock.json': '{}',
    'astro.config.mjs': 'export default { output: "server" }',
    'src/pages/index.astro': '',
    'src/logo.png': '',
    'public/robots.txt': '',
    'data/x.csv': '',
  });
  expect(finalOf(after)).toContain('COPY --chown=node:node data ./data\n');
  expect(finalOf(after)).not.toMatch(/src|public/);
});

test.each([
  ['-p ./src/tsconfig.json', '../dist', true],
  ['-p src', '../dist', true],
  ['', './dist', true],
  ['-p src', '../../dist', false],
  ['-p ../tsconfig.json', './dist', false],
])('the output of `tsc %s` with %s is known: %s', (options, outDir, isKnown) => {
  const { after } = planFor(NAIVE.replace('-slim', ''), {
    'package.json': JSON.stringify({
      scripts: { build: `tsc ${options}`, start: 'node dist/a.js' },
      dependencies: { express: '4' },
      devDependencies: { typescript: '5' },
    }),
    'package-lock.json': '{}',
    [options.includes('src') ? 'src/tsconfig.json' : 'tsconfig.json']: JSON.stringify({ compilerOptions: { outDir } }),
    'src/a.ts': '',
  });
  expect(finalOf(after).includes('COPY --chown=node:node --from=build /app/dist /app/dist\n')).toBe(isKnown);
});

const REFERENCES = '{"files": [], "references": [{"path": "./tsconfig.app.json"}, {"path": "./tsconfig.node.json"}]}';
const CHECKS = '{"compilerOptions": {"noEmit": true}}';

test.each([
  ['tsc -b', { 'tsconfig.json': REFERENCES, 'tsconfig.app.json': CHECKS, 'tsconfig.node.json': CHECKS }, true],
  ['tsc -b', { 'tsconfig.json': REFERENCES, 'tsconfig.app.json': CHECKS, 'tsconfig.node.json': '{}' }, false],
  ['tsc', { 'tsconfig.json': CHECKS }, true],
  ['tsc', { 'tsconfig.json': REFERENCES, 'tsconfig.app.json': CHECKS, 'tsconfig.node.json': CHECKS }, false],
  ['tsc --project tsconfig.json --noEmit', { 'tsconfig.json': '{}' }, true],
])('beside `%s`, which only checks types with %j, the output of Vite is known: %s', (check, settings, isKnown) => {
  const { after } = planFor(NAIVE.replace('-slim', ''), {
    'package.json': JSON.stringify({
      scripts: { build: `${check} && vite build`, start: 'node server.js' },
      dependencies: { express: '4' },
      devDependencies: { typescript: '5', vite: '5' },
    }),
    'package-lock.json': '{}',
    'server.js': '',
    'src/a.ts': '',
    ...(settings as Readonly<Record<string, string>>),
  });
  expect(finalOf(after).includes('COPY --chown=node:node --from=build /app/dist /app/dist\n')).toBe(isKnown);
});

test('a server that bundles its packages gets no stage that installs them', () => {
  const { after, steps } = planFor(
    NAIVE.replace('COPY . .', 'COPY package*.json ./').replace('RUN npm run', 'COPY . .\nRUN npm run'),
    {
      'package.json': JSON.stringify({
        scripts: { build: 'vite build', start: 'node build' },
        devDependencies: { '@sveltejs/adapter-node': '5', '@sveltejs/kit': '2', vite: '5' },
      }),
      'package-lock.json': '{}',
      'svelte.config.js':
        'import adapter from "@sveltejs/adapter-node";\nexport default { kit: { adapter: adapter() } };',
      'vite.config.ts': 'export default { plugins: [sveltekit()] };',
      'src/app.html': '',
    },
  );
  expect(finalOf(after)).toContain('/app/build');
  expect(steps.map(({ id }) => id)).not.toContain('no-unreachable-stage');
});
