import { copiedBy, workdirAt } from '../../app/copiedFiles';
import { sourcesOf } from '../../app/neededPrograms';
import { type PackageJson, readPackageJson } from '../../app/packageJson';
import type { Site } from '../../app/site';
import { isAside } from '../../app/sources';
import { packageCommand } from '../../commands/packageCommand';
import { startWords } from '../../commands/startProgram';
import type { Instruction } from '../../dockerfile/model';
import { phrase } from '../../l10n/phrase';
import type { ShellCommand } from '../../shell/script';
import { escapePattern } from '../../text/pattern';
import { type Guard, isGuard, refuse } from '../transform';
import { freeStageName, type Split } from './compose';
import { dataCopies, insideOf } from './dataCopies';
import { type Artefact, type Interpreter, type LanguageKind, splitInterpreted } from './interpreted';
import { outputFolders } from './nodeOutputs';
import { runtimeImageOf, writtenImage } from './runtimeImage';

/** Packages that look for more than their own folder, or for libraries of the image. */
const UNKNOWN_NEEDS = [
  'canvas',
  'puppeteer',
  'playwright',
  'playwright-core',
  'chromium',
  'electron',
  'node-rdkafka',
  'oracledb',
  'ibm_db',
  'libxmljs',
  'gm',
  'imagemagick',
  'fluent-ffmpeg',
  'nodegit',
  'pg-native',
  'prisma',
  '@prisma/client',
  'zeromq',
  'bcrypto',
  'odbc',
];

interface Manager {
  readonly name: 'npm' | 'yarn' | 'pnpm';
  readonly lock: string;
  omitDev(text: string): string;
  readonly prune: string | undefined;
}

const MANAGERS: readonly Manager[] = [
  {
    name: 'npm',
    lock: 'package-lock.json',
    omitDev: (text) => text.replace(/\bnpm\s+(ci|clean-install|install|i)\b(?![^&;\n]*--omit)/, 'npm $1 --omit=dev'),
    prune: 'RUN npm prune --omit=dev',
  },
  {
    name: 'yarn',
    lock: 'yarn.lock',
    omitDev: (text) => text.replace(/\byarn(?:\s+install)?\b(?![^&;\n]*--prod)/, 'yarn install --production'),
    prune: undefined,
  },
  {
    name: 'pnpm',
    lock: 'pnpm-lock.yaml',
    omitDev: (text) => text.replace(/\bpnpm\s+(install|i)\b(?![^&;\n]*--prod)/, 'pnpm $1 --prod'),
    prune: 'RUN pnpm prune --prod',
  },
];

/** Node: dependencies and what is built of the sources are made in the full image, and what runs is copied into the slim one. */
export function splitNode(site: Site): Split | Guard | undefined {
  const { stage, dockerfile } = site;
  const runs = stage.instructions.filter(({ keyword }) => keyword === 'RUN');
  const installs = runs.flatMap((run) =>
    (run.script?.commands ?? []).filter(isInstall).map((command) => ({ run, command })),
  );
  const [install] = installs;
  if (!install) return undefined;
  if (installs.length > 1) return refuse('dependencies are installed in several places');
  const manager = MANAGERS.find(({ name }) => name === packageCommand(install.command, ['npm', 'yarn', 'pnpm'])?.tool);
  const runtimeImage = runtimeImageOf(site);
  if (!manager || runtimeImage === undefined) return refuse('no smaller image of the same distribution is known');
  const workdir = workdirAt(install.run);
  const manifest = site.copied.files.get(`${workdir === '/' ? '' : workdir}/package.json`);
  const json = manifest === undefined ? undefined : readPackageJson(site, manifest);
  if (!json || manifest !== 'package.json') return refuse('package.json is not beside the Dockerfile');
  if (json.hasWorkspaces) return refuse('workspaces: which packages run is not known');
  const foreign = [...json.dependencies].find((name) => UNKNOWN_NEEDS.includes(name));
  if (foreign !== undefined) return refuse('what {foreign} needs of the image is not known', { foreign });
  const start = startWords(stage);
  if (!start) return refuse('what is started is not known');
  if (/^(?:yarn|pnpm)$/.test(start[0] ?? ''))
    return refuse('`{name}` starts the program, and is not in every image', { name: start[0] ?? '' });
  const commands = runs.flatMap((run) => run.script?.commands ?? []);
  const built = commands.some((command) => nodeKind(command, json) === 'build');
  const found = built ? outputFolders(site, json, commands) : [];
  // What a build writes is not always known: then the folder is taken as it is.
  const isWhole = isGuard(found);
  const outputs = isWhole ? [] : found;
  if (isWhole && workdir === '/') return found;
  const canOmit = !needsDev(site, json, start) && !setsProduction(dockerfile.text);
  const modules: Artefact = { path: `${workdir}/node_modules` };
  const isManifestFirst = copiesOnlyManifests(site, install.run);
  const hasLock =
    site.context.files.has(manager.lock) || (manager.name === 'npm' && site.context.files.has('npm-shrinkwrap.json'));
  const dependencyStage = freeStageName(dockerfile, 'dependencies');
  const isDebian = /^(?:debian|ubuntu)$/.test(stage.base.kind === 'image' ? stage.base.image.repository : '');
  // Without any package npm makes no folder for them.
  const hasModules = json.dependencies.size > 0 || (!canOmit && json.devDependencies.size > 0);
  const isApart = built && hasModules && !isWhole && canOmit && isManifestFirst && !json.hasInstallScripts && hasLock;
  if (built && canOmit && !isApart && manager.prune === undefined)
    return refuse('yarn cannot take out again what only development needs');
  const needsPrune = built && canOmit && !isApart;
  const language: Interpreter = {
    language: 'Node.js',
    runtimeImage,
    builderComment: built
      ? 'The sources are built here, with the tools of development'
      : 'Dependencies are installed here, with compilers and headers at hand',
    kindOf: (command) => nodeKind(command, json),
    artefacts: isWhole || !hasModules ? [] : [isApart ? { ...modules, stage: dependencyStage } : modules],
    outputs: isWhole ? [{ path: workdir }] : outputs.map((folder) => ({ path: `${workdir}/${folder}` })),
    libraries: isDebian ? ['nodejs'] : [],
    rewrite: (text, run) => (!built && canOmit && run === install.run ? manager.omitDev(text) : text),
    ...(needsPrune && manager.prune !== undefined ? { epilogue: [manager.prune] } : {}),
    copyInFinal: (node) =>
      isWhole
        ? insideOf(site, node, workdir)
        : built
          ? runtimeCopies(site, node, outputs, servesFolder(start, outputs))
          : undefined,
    ...(isApart
      ? {
          dependencies: {
            name: dependencyStage,
            comment: 'Only what the program needs to run',
            rewrite: manager.omitDev,
          },
        }
      : {}),
    risk: canOmit
      ? phrase('A package that is listed under devDependencies by mistake would be missing at run time.')
      : undefined,
    isWorthIt: (left) => runtimeImage !== writtenImage(site) || left.length > 0 || built,
  } as Interpreter;
  return splitInterpreted(site, language);
}

function isInstall(command: ShellCommand): boolean {
  const call = packageCommand(command, ['npm', 'yarn', 'pnpm']);
  const subcommand = call?.subcommand?.value ?? (call?.tool === 'yarn' && call.operands.length === 0 ? 'install' : '');
  return /^(?:install|i|ci|clean-install)$/.test(subcommand) && call?.operands.length === 0;
}

function nodeKind(command: ShellCommand, json: PackageJson): LanguageKind | Guard | undefined {
  const call = packageCommand(command, ['npm', 'yarn', 'pnpm']);
  const words = command.words.map(({ value }) => value);
  if (call) {
    if (isInstall(command)) return 'install';
    const subcommand = call.subcommand?.value ?? '';
    if (call.has('-g', '--global') || subcommand === 'global')
      return refuse('`{name} {subcommand}` installs a program for the whole image', { name: command.name, subcommand });
    if (subcommand === 'cache') return 'cleanup';
    if (subcommand === 'config' || subcommand === 'set') return 'install';
    if (subcommand === 'prune') return 'install';
    if (/^(?:test|audit|lint)$/.test(subcommand)) return 'check';
    const script = /^(?:run|run-script)$/.test(subcommand)
      ? words.find((word, index) => index > 1 && !word.startsWith('-'))
      : subcommand;
    if (script !== undefined && /lint|test|check|typecheck/.test(script)) return 'check';
    return script !== undefined && Object.hasOwn(json.scripts, script)
      ? 'build'
      : refuse('what `{command}` does is not known', { command: `${command.name} ${subcommand}` });
  }
  if (command.name === 'npx' || command.name === 'tsc')
    return words.includes('tsc')
      ? 'build'
      : refuse('what `{command}` does is not known', { command: words.slice(0, 2).join(' ') });
  return command.name === 'corepack' ? 'install' : command.name === 'node' ? 'stay' : undefined;
}

function setsProduction(text: string): boolean {
  return /NODE_ENV[= ]["']?production/.test(text) || /--omit[= ]dev|--production|--prod\b/.test(text);
}

/** True when what is started, or a source that runs, uses a package of development. */
function needsDev(site: Site, json: PackageJson, start: readonly string[]): boolean {
  if (start[0] === 'npx' && !json.dependencies.has(start[1] ?? '')) return true;
  if (/^(?:ts-node|tsx|nodemon)$/.test(start[0] ?? '')) return true;
  const texts = [start.join(' ')];
  if (/^(?:npm|yarn|pnpm)$/.test(start[0] ?? '')) {
    const name = start.slice(1).find((word) => !word.startsWith('-') && word !== 'run' && word !== 'run-script') ?? '';
    const script = Object.hasOwn(json.scripts, name) ? json.scripts[name] : undefined;
    if (script === undefined) return true;
    texts.push(...[script, json.scripts[`pre${name}`] ?? '', json.scripts[`post${name}`] ?? '']);
    // A script that calls others, or programs of packages.
    if (!texts.slice(1).every((text) => text === '' || /^(?:NODE_ENV=\S+\s+|cross-env\s+\S+\s+)*node\s/.test(text))) {
      const program = script.split(/\s+/).find((word) => !word.includes('=')) ?? '';
      if (!json.dependencies.has(program) && program !== 'node') return true;
      if (/&&|;|\||npm|yarn|pnpm/.test(script)) return true;
    }
  }
  const names = [...json.devDependencies].filter((name) => !name.startsWith('@types/'));
  if (
    names.some((name) => texts.some((text) => new RegExp(`(?:^|[\\s/=])${escapePattern(name)}(?:$|[\\s/])`).test(text)))
  )
    return true;
  const sources = sourcesOf(site);
  if (!sources) return true;
  const isRun = (path: string) =>
    !/(?:^|\/)[^/]*(?:\.config\.[cm]?[jt]s|rc\.[cm]?js)$|(?:^|\/)(?:webpack|rollup|vite|gulpfile|Gruntfile|babel|jest|karma)[^/]*$/.test(
      path,
    );
  return sources
    .filter(({ path }) => isRun(path) && /\.[cm]?[jt]sx?$/.test(path))
    .some(({ text }) => names.some((name) => importsAtRunTime(text, name)));
}

/** By a line, or by the last one of an import of several lines. */
function importsAtRunTime(text: string, name: string): boolean {
  if (!text.includes(name)) return false;
  const plain = escapePattern(name);
  return (
    new RegExp(`(?:require|import)\\(\\s*["'\`]${plain}(?:/[^"'\`]*)?["'\`]`).test(text) ||
    new RegExp(
      `^[ \\t]*(?:(?:import|export)\\b(?![ \\t]+type\\b)|\\}[ \\t]*from\\b).*["']${plain}(?:/[^"']*)?["']`,
      'm',
    ).test(text)
  );
}

/** Nothing but manifests is copied before the install: then it can be done a second time without the sources. */
function copiesOnlyManifests(site: Site, run: Instruction): boolean {
  return site.stage.instructions
    .filter((node) => (node.keyword === 'COPY' || node.keyword === 'ADD') && node.span.start < run.span.start)
    .every((node) => {
      const copied = copiedBy(node, site.context);
      return (
        copied !== undefined &&
        [...copied.values()].every((path) =>
          /(?:^|\/)(?:package(?:-lock)?\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|\.npmrc|\.yarnrc(?:\.yml)?)$/.test(
            path,
          ),
        )
      );
    });
}

/** Everything runs but sources that are built, tests, settings of tools and documentation. */
function runtimeCopies(
  site: Site,
  node: Instruction,
  outputs: readonly string[],
  isStatic: boolean,
): string[] | undefined {
  if (isStatic) return dataCopies(site, node, (path) => path === 'package.json');
  const folders = sourceFolders(site);
  return dataCopies(site, node, (path) => {
    const [top = ''] = path.split('/');
    return !outputs.includes(top) && !folders.has(top) && !isAside(path) && !isToolSetting(path);
  });
}

/** A server of static files that serves what was built, and nothing else. */
export function servesFolder(start: readonly string[], outputs: readonly string[]): boolean {
  const words = start[0] === 'npx' ? start.slice(1) : start;
  return (
    /^(?:serve|http-server|live-server)$/.test(words[0]?.split('/').pop() ?? '') &&
    words.slice(1).some((word) => outputs.includes(word.replace(/^\.\/|\/$/g, '')))
  );
}

/** Folders that hold nothing but TypeScript and the like, which is built before it runs. */
function sourceFolders(site: Site): ReadonlySet<string> {
  const folders = new Map<string, boolean>();
  for (const path of site.context.files.keys()) {
    const slash = path.indexOf('/');
    if (slash < 0) continue;
    const folder = path.slice(0, slash);
    const isBuilt = /\.(?:[cm]?tsx?|jsx|vue|svelte|s[ac]ss|less)$/.test(path);
    folders.set(folder, (folders.get(folder) ?? true) && isBuilt);
  }
  return new Set([...folders].filter(([, isBuilt]) => isBuilt).map(([folder]) => folder));
}

function isToolSetting(path: string): boolean {
  return /^(?:tsconfig[^/]*\.json|[^/]*\.config\.[cm]?[jt]s|\.eslintrc[^/]*|\.prettierrc[^/]*|\.babelrc|babel\.config\.json|jest\.config\.[^/]*|\.npmrc|\.nvmrc|package-lock\.json|yarn\.lock|pnpm-lock\.yaml|Makefile|[^/]*\.tsx?)$/.test(
    path,
  );
}
