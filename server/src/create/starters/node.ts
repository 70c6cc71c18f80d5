import { workdirAt } from '../../app/copiedFiles';
import { type PackageJson, parsePackageJson } from '../../app/packageJson';
import { createSite } from '../../app/site';
import { isAside } from '../../app/sources';
import { parseDockerfile } from '../../dockerfile/parse';
import { phrase } from '../../l10n/phrase';
import { NGINX_IMAGE, NGINX_PAGES, nginxLines } from '../../optimizer/split/nginxPages';
import { outputFolders } from '../../optimizer/split/nodeOutputs';
import { exposed, listening } from '../listening';
import {
  type Lack,
  line,
  type Program,
  type ProjectFolder,
  type Starter,
  type StartLine,
  sources,
  start,
} from '../starter';
import { newestRelease } from '../versions';

/** A Node.js or Bun server, or the pages that a front end's build writes. */
export const node: Starter = (folder) => {
  const { context } = folder;
  if (!context.files.has('package.json')) return [];
  const json = parsePackageJson(context.read('package.json'));
  if (!json) return [{ name: 'node', why: phrase('package.json cannot be read') }];
  return [programOf(folder, json)];
};

/** Commands that serve while the sources change: not for an image. */
const FOR_DEVELOPMENT =
  /\b(?:nodemon|ts-node-dev|tsx watch|react-scripts start|vue-cli-service serve|ng serve|webpack(?:-dev-server| serve)|gatsby develop|(?:next|nuxt|astro|remix) dev|(?:parcel|vite)(?! (?:build|preview)))\b|--watch\b/;
/** They write pages that a browser loads, and no server. */
const FRONT_ENDS = ['vite', 'react-scripts', '@angular/cli', '@vue/cli-service', 'parcel', 'gatsby'];
const FRAMEWORKS: readonly (readonly [dependency: string, title: string])[] = [
  ['next', 'Next.js'],
  ['nuxt', 'Nuxt'],
  ['@nestjs/core', 'Nest'],
  ['express', 'Express'],
  ['fastify', 'Fastify'],
];
/** These listen on port 3000 unless PORT is set. */
const ON_3000 = ['next', 'nuxt'];
/** `listen(3000`, `process.env.PORT || 3000`, `PORT ?? '3000'` */
const PORT = /\blisten\([ \t]*(\d{2,5})\b|\bPORT\b[^\n]{0,20}?(?:\|\||\?\?)[ \t]*["'`]?(\d{2,5})\b/;

interface Manager {
  readonly name: 'npm' | 'yarn' | 'pnpm' | 'bun';
  /** Above the install. */
  readonly before: readonly StartLine[];
  readonly install: StartLine;
}

function programOf(folder: ProjectFolder, json: PackageJson): Program | Lack {
  const { context } = folder;
  const manager = managerOf(folder, json);
  const base = manager.name === 'bun' ? BUN : nodeLine(folder);
  if (!base) return { name: 'node', why: phrase('no known Node.js image satisfies {file}', { file: 'package.json' }) };
  const runtime = base.text
    .replace(/^FROM /, '')
    .replace(/^node:/, 'Node.js ')
    .replace(/^oven\/bun:.*/, 'Bun');
  const build = Object.hasOwn(json.scripts, 'build')
    ? [line(`RUN ${manager.name} run build`, phrase('The `build` script of package.json'))]
    : [];
  const building = [base, ...sources('/app'), ...manager.before, manager.install, ...build];
  const started = startOf(json, context, manager);
  if (started) {
    const framework = FRAMEWORKS.find(([name]) => json.dependencies.has(name));
    return {
      name: 'node',
      title: [framework?.[1], runtime].filter((one) => one !== undefined).join(', '),
      lines: [
        ...building,
        line('ENV NODE_ENV=production', phrase('Libraries leave out what only development needs')),
        ...(ON_3000.some((name) => json.dependencies.has(name))
          ? [exposed('3000')]
          : listening(context, [...context.files.keys()].filter(isSource), PORT)),
        started,
      ],
    };
  }
  const pages = build.length > 0 && isFrontEnd(json) ? pagesOf(folder, json, building) : undefined;
  if (pages === undefined)
    return { name: 'node', why: phrase('package.json has neither a `start` script nor a `main` that can be started') };
  return {
    name: 'node',
    title: `nginx, ${runtime}`,
    lines: [
      { ...base, text: `${base.text} AS build` },
      ...building.slice(1),
      line(`FROM ${NGINX_IMAGE}`, phrase('The built pages need no Node.js; this nginx does not run as root')),
      line(
        nginxLines(8080, true).join('\n'),
        phrase('Unknown paths get index.html, which handles them in the browser'),
      ),
      line(`COPY --from=build ${pages} ${NGINX_PAGES}`, phrase('The directory that the build writes')),
      exposed('8080'),
    ],
  };
}

const BUN = line('FROM oven/bun:1', phrase('The folder has a Bun lock file'));

function nodeLine(folder: ProjectFolder): StartLine | undefined {
  const { context } = folder;
  const file = ['.nvmrc', '.node-version'].find((name) => /^v?\d/.test(context.read(name) ?? ''));
  const engines = /"engines"\s*:\s*\{[^{}]*"node"\s*:\s*"([^"]+)"/.exec(context.read('package.json') ?? '')?.[1];
  const written = file === undefined ? engines : /^v?(\d+)/.exec(context.read(file) ?? '')?.[1];
  // Even releases get long-term support.
  const release = newestRelease(folder, 'node', written ?? '', (one) => !one.includes('.') && Number(one) % 2 === 0);
  if (release === undefined) return undefined;
  return written === undefined
    ? line(`FROM node:${release}`, phrase('The newest Node.js with long-term support: the project names no version'))
    : line(
        `FROM node:${release}`,
        phrase('The newest Node.js with long-term support that {file} allows', {
          file: file ?? 'package.json',
        }),
      );
}

function managerOf({ context: { files } }: ProjectFolder, { packageManager }: PackageJson): Manager {
  const corepack = line('RUN corepack enable', phrase('Provides the package manager that package.json names'));
  if (files.has('bun.lock') || files.has('bun.lockb'))
    return {
      name: 'bun',
      before: [],
      install: line('RUN bun install --frozen-lockfile', phrase('Exactly the versions in the lock file')),
    };
  if (files.has('pnpm-lock.yaml'))
    return {
      name: 'pnpm',
      before: [
        packageManager ? corepack : line('RUN npm install -g pnpm', phrase('pnpm installs from pnpm-lock.yaml')),
      ],
      install: line('RUN pnpm install --frozen-lockfile', phrase('Exactly the versions in the lock file')),
    };
  if (files.has('yarn.lock'))
    return packageManager?.startsWith('yarn@') && !packageManager.startsWith('yarn@1')
      ? {
          name: 'yarn',
          before: [corepack],
          install: line('RUN yarn install --immutable', phrase('Exactly the versions in the lock file')),
        }
      : {
          name: 'yarn',
          before: [],
          install: line('RUN yarn install --frozen-lockfile', phrase('Exactly the versions in the lock file')),
        };
  return {
    name: 'npm',
    before: [],
    install: files.has('package-lock.json')
      ? line('RUN npm ci', phrase('Exactly the versions in the lock file'))
      : line('RUN npm install', phrase('The packages of package.json, which has no lock file')),
  };
}

function isSource(path: string): boolean {
  return /\.[cm]?[jt]s$/.test(path) && !isAside(path);
}

/** A script that is for production, else the file that package.json names. */
function startOf(
  { scripts, main }: PackageJson,
  { files }: ProjectFolder['context'],
  manager: Manager,
): StartLine | undefined {
  const script = ['start:prod', 'start'].find(
    (name) => scripts[name] !== undefined && !FOR_DEVELOPMENT.test(scripts[name]),
  );
  if (script !== undefined)
    return script === 'start' && manager.name !== 'bun'
      ? start([manager.name, 'start'], phrase('The `start` script of package.json'))
      : start([manager.name, 'run', script], phrase('The `{name}` script of package.json', { name: script }));
  const names = ['server', 'index', 'app', 'src/server', 'src/index', 'src/app'];
  // Bun runs TypeScript as it is.
  const ends = manager.name === 'bun' ? ['.ts', '.js'] : ['.js', '.mjs'];
  const path = [main, ...names.flatMap((name) => ends.map((end) => name + end))].find(
    (one) => one !== undefined && files.has(one.replace(/^\.\//, '')),
  );
  return path === undefined || !(manager.name === 'bun' ? /\.[cm]?[jt]s$/ : /\.[cm]?js$/).test(path)
    ? undefined
    : start(
        [manager.name === 'bun' ? 'bun' : 'node', path.replace(/^\.\//, '')],
        phrase('{file} is the program', {
          file: path,
        }),
      );
}

function isFrontEnd({ dependencies, devDependencies }: PackageJson): boolean {
  return FRONT_ENDS.some((name) => dependencies.has(name) || devDependencies.has(name));
}

/** The directory of the built pages. */
function pagesOf(
  { context, knowledge }: ProjectFolder,
  json: PackageJson,
  building: readonly StartLine[],
): string | undefined {
  const dockerfile = parseDockerfile(building.map(({ text }) => text).join('\n'));
  const [stage] = dockerfile.stages;
  const last = stage?.instructions.at(-1);
  const site = stage && createSite(dockerfile, stage, knowledge, context);
  if (!site || !last) return undefined;
  const folder = workdirAt(last);
  const outputs = outputFolders({ site, folder, json }, last.script?.commands ?? []);
  return outputs?.length === 1 ? `${folder}/${outputs[0]}` : undefined;
}
