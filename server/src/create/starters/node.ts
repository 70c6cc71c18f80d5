import { workdirAt } from '../../app/copiedFiles';
import { type PackageJson, parsePackageJson } from '../../app/packageJson';
import { createSite } from '../../app/site';
import { isAside } from '../../app/sources';
import { parseDockerfile } from '../../dockerfile/parse';
import { phrase } from '../../l10n/phrase';
import { NGINX_IMAGE, NGINX_PAGES, nginxLines } from '../../optimizer/split/nginxPages';
import { outputFolders } from '../../optimizer/split/nodeOutputs';
import { isGuard } from '../../optimizer/transform';
import { anyOf } from '../../text/pattern';
import { exposed, listening } from '../listening';
import {
  type Lack,
  line,
  type Program,
  type ProjectFolder,
  type Starter,
  type StartLine,
  start,
  titleOf,
} from '../starter';
import { asStage, type Manager, nodeBuild } from './nodeBuild';

/** A Node.js or Bun server, or the pages that a front end's build writes. */
export const node: Starter = (folder) => {
  const { context } = folder;
  if (!context.files.has('package.json')) return [];
  const json = parsePackageJson(context.read('package.json'));
  if (!json) return [{ name: 'node', why: phrase('{path} cannot be read', { path: 'package.json' }) }];
  return [programOf(folder, json)];
};

/** Commands that serve while the sources change: not for an image. */
const FOR_DEVELOPMENT = anyOf(
  /\b(?:nodemon|ts-node-dev|tsx watch|(?:react-scripts(?:-ts)?|craco|react-app-rewired) start|vue-cli-service serve)\b/,
  /\b(?:ng serve|gatsby develop|(?:vercel|netlify) dev)\b|\b(?:npm|yarn|pnpm|bun)\b[^&|;\n]{0,40} dev\b/,
  /\b(?:webpack(?:-dev-server| serve)|(?:next|nuxt|astro|remix) dev|(?:parcel|vite)(?! (?:build|preview)))\b|--watch\b/,
);
/** The manifests of servers in another language, which serve the pages themselves. */
const SERVERS = ['composer.json', 'Gemfile', 'manage.py'];
/** They write pages that a browser loads, and no server. */
const FRONT_ENDS = [
  'vite',
  'react-scripts',
  'react-scripts-ts',
  '@angular/cli',
  '@vue/cli-service',
  'parcel',
  'gatsby',
];
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

function programOf(folder: ProjectFolder, json: PackageJson): Program | Lack {
  const { context } = folder;
  const build = nodeBuild(folder, json);
  if (isGuard(build)) return { name: 'node', why: build.guard };
  const { manager, lines } = build;
  const runtime = (lines[0]?.text ?? '')
    .replace(/^FROM /, '')
    .replace(/^node:/, 'Node.js ')
    .replace(/^oven\/bun:.*/, 'Bun');
  const started = startOf(json, context, manager);
  if (started) {
    const framework = FRAMEWORKS.find(([name]) => json.dependencies.has(name));
    return {
      name: 'node',
      title: titleOf(framework?.[1], runtime),
      lines: [
        ...lines,
        line('ENV NODE_ENV=production', phrase('Libraries leave out what only development needs')),
        ...(ON_3000.some((name) => json.dependencies.has(name))
          ? [exposed(/ (?:-p|--port)[ =](\d{2,5})\b/.exec(json.scripts['start'] ?? '')?.[1] ?? '3000')]
          : listening(context, [...context.files.keys()].filter(isSource), PORT)),
        started,
      ],
    };
  }
  const isAssets = SERVERS.some((file) => context.files.has(file));
  const pages = isFrontEnd(json) && !isAssets ? pagesOf(folder, json, lines) : undefined;
  if (pages === undefined && json.scripts['start'] !== undefined)
    return {
      name: 'node',
      why: phrase('the `start` script is for development: add a `start:prod` script that runs the built program'),
    };
  if (pages === undefined)
    return { name: 'node', why: phrase('package.json has neither a `start` script nor a `main` that can be started') };
  return {
    name: 'node',
    title: titleOf('nginx', runtime),
    lines: [
      ...asStage(lines, 'build'),
      line(`\nFROM ${NGINX_IMAGE}`, phrase('The built pages need no Node.js; this nginx does not run as root')),
      line(
        nginxLines(8080, true).join('\n'),
        phrase('Unknown paths get index.html, which handles them in the browser'),
      ),
      line(`COPY --from=build ${pages} ${NGINX_PAGES}`, phrase('The directory that the build writes')),
      exposed('8080'),
    ],
  };
}

function isSource(path: string): boolean {
  return /\.[cm]?[jt]s$/.test(path) && !isAside(path);
}

/** A script that is for production, else the file that package.json names. */
function startOf(json: PackageJson, { files }: ProjectFolder['context'], manager: Manager): StartLine | undefined {
  const { scripts, main } = json;
  const script = ['start:prod', 'start'].find(
    (name) => scripts[name] !== undefined && !FOR_DEVELOPMENT.test(scripts[name]),
  );
  if (script !== undefined)
    return script === 'start' && manager.name !== 'bun'
      ? start([manager.name, 'start'], phrase('The `start` script of package.json'))
      : start([manager.name, 'run', script], phrase('The `{name}` script of package.json', { name: script }));
  // The bundler of a front end reads the others, and a browser runs them.
  const names = isFrontEnd(json) ? ['server'] : ['server', 'index', 'app', 'src/server', 'src/index', 'src/app'];
  // Bun runs TypeScript as it is.
  const ends = manager.name === 'bun' ? ['.ts', '.js'] : ['.js', '.mjs'];
  const path = [isFrontEnd(json) ? undefined : main, ...names.flatMap((name) => ends.map((end) => name + end))].find(
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

function isFrontEnd({ scripts, dependencies, devDependencies }: PackageJson): boolean {
  return (
    Object.hasOwn(scripts, 'build') && FRONT_ENDS.some((name) => dependencies.has(name) || devDependencies.has(name))
  );
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
