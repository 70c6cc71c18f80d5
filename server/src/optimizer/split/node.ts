import { absolutePath, copiedBy, workdirAt } from '../../app/copiedFiles';
import { COREPACK_HOME } from '../../app/corepackHome';
import { type PackageJson, readPackageJson, withPackages } from '../../app/packageJson';
import type { Site } from '../../app/site';
import { otherStarts, type PackageStart, packageStart } from '../../app/start/packageStart';
import type { Instruction } from '../../dockerfile/model';
import { phrase } from '../../l10n/phrase';
import { readOptions } from '../../shell/options';
import type { ShellCommand } from '../../shell/script';
import { isWithin } from '../../text/paths';
import { type Guard, isGuard, refuse } from '../transform';
import { freeStageName, type Split, switchesUserBefore } from './compose';
import { insideOf } from './dataCopies';
import { type Artefact, type Interpreter, splitInterpreted } from './interpreted';
import { changesProject, isInProject, nodeKind } from './nodeCommands';
import { runtimeCopies, servedCopies, withoutLocks } from './nodeFiles';
import { nodeLibraries } from './nodeLibraries';
import { isInstall, MANAGERS, managerOf, type PackageManager, productionText, usesPrisma } from './nodeManagers';
import { isStandalone, outputFolders, type Project } from './nodeOutputs';
import {
  directStart,
  isPlainStart,
  lineOf,
  nextStart,
  programFiles,
  runsSources,
  servedFolder,
  startGuard,
  typescriptAtStart,
  usedForDevelopment,
} from './nodeStart';
import { runtimeImageOf, writtenImage } from './runtimeImage';

interface Install {
  readonly run: Instruction;
  readonly command: ShellCommand;
}

/** Absolute: where they are built, and what they become. */
interface Pages {
  readonly folder: string;
  readonly path: string;
}

/** All that is known of a program before its file is written anew. */
interface NodeApp extends Project {
  readonly started: PackageStart;
  readonly manager: PackageManager;
  /** Packages of the distribution behind the dependencies. */
  readonly libraries: readonly string[];
  readonly install: Install;
  /** Folders below the one that the program runs in, each with an install of its own; none where that is the only one. */
  readonly below: readonly string[];
  /** Commands that turn sources into what runs, or generate something. */
  readonly builds: readonly ShellCommand[];
  /** Pages that builds in other folders make for the program. */
  readonly pages: readonly Pages[];
  /** The RUN of the last of them. */
  readonly lastBuild: Instruction | undefined;
  /** What they write, relative to the folder; undefined where it is not known, or more than that runs. */
  readonly outputs: readonly string[] | undefined;
  /** A server of static files serves what is built. */
  readonly isServed: boolean;
  /** A server that Next.js has put together, and that needs nothing else. */
  readonly isStandalone: boolean;
  readonly needsModules: boolean;
  /** How packages of development are left out; the file does so itself: `author`: it installs none, `pruned`: it removes them. */
  readonly omits: 'apart' | 'prune' | 'install' | 'author' | 'pruned' | undefined;
  /** A package of devDependencies that runs in the container. */
  readonly used: string | undefined;
  /** Packages of devDependencies that run there and need no others: they go on by themselves. */
  readonly carried: readonly string[];
}

/** Node: dependencies and what is built of the sources are made in the full image, and what runs is copied into the slim one. */
export function splitNode(site: Site): Split | Guard | undefined {
  const installs = runsOf(site).flatMap((run) =>
    (run.script?.commands ?? []).filter(isInstall).map((command) => ({ run, command })),
  );
  const [install] = installs;
  if (!install) return undefined;
  const runtimeImage = runtimeImageOf(site);
  if (runtimeImage === undefined) return refuse('no smaller image of the same distribution is known');
  if (takesManifest(site, install))
    return runtimeImage === writtenImage(site)
      ? undefined
      : refuse('the package.json in {folder} comes from another stage: copy it from the build context', {
          folder: folderOf(install),
        });
  const app = appOf(site, install, installs);
  return isGuard(app) ? app : splitInterpreted(site, interpreterOf(app, runtimeImage));
}

function runsOf({ stage }: Site): Instruction[] {
  return stage.instructions.filter(({ keyword }) => keyword === 'RUN');
}

/** The manifest comes out of another stage, where it may have been changed. */
function takesManifest(site: Site, install: Install): boolean {
  const isOfStage = ({ keyword, flags, args, span }: Instruction) =>
    keyword === 'COPY' &&
    span.start < install.run.span.start &&
    flags.some(({ name }) => name === 'from') &&
    args.slice(0, -1).some(({ value }) => /(?:^|\/)package[\w.*-]*$/.test(value));
  return site.stage.instructions.some(isOfStage) && readPackageJson(site, folderOf(install)) === undefined;
}

function appOf(site: Site, install: Install, installs: readonly Install[]): NodeApp | Guard {
  const folders = installs.map(folderOf);
  const [first = '/'] = folders;
  const workdir = workdirAt(site.stage.instructions.at(-1) ?? install.run);
  const isOne = folders.every((folder) => folder === first) && first === workdir;
  // In a project of several packages the program may lie in a folder below.
  const folder = isWithin(workdir, first) ? first : workdir;
  const json = readPackageJson(site, first);
  if (!json && !site.copied.isComplete) return refuse('a COPY names files that are not in the build context');
  if (!json) return refuse('no package.json is copied into {folder}, where packages are installed', { folder: first });
  const outside = folders.find((other) => !isWithin(other, folder));
  if (outside !== undefined)
    return refuse('packages are installed in {folder}, but the program runs in {workdir}', {
      folder: outside === workdir ? first : outside,
      workdir,
    });
  const started = packageStart(site, json.scripts);
  if (!started) return refuse('cannot determine what the container starts');
  const manager = managerOf(site, first, json, install.command);
  const others = otherStarts(site, json.scripts);
  const guard = [started, ...others].map(startGuard).find((one) => one !== undefined);
  if (guard) return guard;
  const manifests = [...new Set(folders)].flatMap((one) => readPackageJson(site, one) ?? []);
  const libraries: string[] = [];
  for (const manifest of manifests) {
    const found = nodeLibraries(site, withPackages(site, manifest));
    if (isGuard(found)) return found;
    libraries.push(...found);
  }
  if (isGuard(manager)) return manager;
  const project: Project = { site, folder, json };
  const works = runsOf(site)
    .flatMap((run) => (run.script?.commands ?? []).map((command) => ({ run, command })))
    .filter(({ command }) => nodeKind(command, json, started) === 'build' || changesProject(command, folder));
  const builds = works.map(({ command }) => command);
  const isHere = works.every((work) => folderOf(work) === folder && !changesProject(work.command, folder));
  const lacking = works.length === 0 ? lackingSource(site, started) : undefined;
  if (lacking !== undefined)
    return refuse('the container starts {name}, which is not in the build context', { name: lacking });
  const pages = isOne || isInProcess(started) ? undefined : pagesOf(site, started, works);
  const below = pages ? [...new Set(folders)].filter((one) => !works.some((work) => folderOf(work) === one)) : [];
  const parents = below.flatMap((path) => readPackageJson(site, absolutePath('..', path)) ?? []);
  if (parents.some(({ hasWorkspaces }) => hasWorkspaces) || (below.length > 0 && manager.isWorkspace))
    return refuse('packages are installed in {folder}, but the program runs in {workdir}', { folder: first, workdir });
  const outputs = below.length > 0 ? [] : isOne && isHere ? knownOutputs(project, started, builds, manager) : undefined;
  if (outputs === undefined && folder === '/')
    return refuse('the program is in `/`, next to system files: give it its own WORKDIR');
  const standalone = outputs?.includes('.next') === true && nextStart(started) !== undefined && isStandalone(project);
  const served = servedFolder(started);
  const isServed = outputs !== undefined && served !== undefined && outputs.includes(served);
  const needsModules = standalone ? false : isServed ? bringsServer(json, started) : true;
  const all = manager.isWorkspace ? withPackages(site, json) : json;
  const parts = { install, manager, builds, outputs, used: usedForDevelopment(site, all, [started, ...others]) };
  const omission = (used = parts.used) =>
    isOne ? omissionOf({ ...project, json: all }, { ...parts, used }) : undefined;
  const typescript = standalone ? undefined : typescriptAtStart(site, all);
  const carried =
    typescript !== undefined && outputs !== undefined && isAloneIn(typescript, manager) && omission() === 'apart';
  const used = parts.used ?? (typescript === undefined || carried ? undefined : 'typescript');
  return {
    ...project,
    started,
    manager,
    libraries,
    install,
    below,
    pages: below.length > 0 ? (pages ?? []) : [],
    builds,
    lastBuild: works.at(-1)?.run,
    outputs,
    isServed,
    isStandalone: standalone,
    needsModules,
    used,
    carried: carried ? ['typescript'] : [],
    omits: omission(used),
  };
}

/** A package manager starts what the manifest in its folder says. */
function isInProcess({ managers }: PackageStart): boolean {
  return managers.size > 0;
}

/** Tools that make pages for browsers: what others build may need its packages when it runs. */
const BUILDS_PAGES =
  /\b(?:astro|craco|gatsby|ng|parcel|preact|react-app-rewired|react-scripts|vite|vue-cli-service) build\b/;

/** What builds beside the program make of pages that it serves; undefined where that is not known, or more of them runs. */
function pagesOf(site: Site, started: PackageStart, works: readonly Install[]): Pages[] | undefined {
  const workdir = workdirAt(site.stage.instructions.at(-1) ?? site.stage.from);
  const programs = programFiles(started).map((file) => absolutePath(file, workdir));
  const found: Pages[] = [];
  for (const folder of new Set(works.map(folderOf))) {
    const json = readPackageJson(site, folder);
    const builds = works.filter((work) => folderOf(work) === folder).map(({ command }) => command);
    const isBeside = [workdir, ...programs].every((path) => !isWithin(path, folder));
    if (
      !json ||
      !BUILDS_PAGES.test(json.scripts.build ?? '') ||
      !isBeside ||
      builds.some((command) => changesProject(command, folder))
    )
      return undefined;
    const outputs = outputFolders({ site, folder, json }, builds);
    if (!outputs || outputs.length === 0 || outputs.some((output) => /^\.|^\//.test(output))) return undefined;
    found.push(...outputs.map((output) => ({ folder, path: `${folder}/${output}` })));
  }
  return found;
}

/** TypeScript that is started as it is has to be copied in: where it is not, the image is built from another folder. */
function lackingSource(site: Site, started: PackageStart): string | undefined {
  const workdir = workdirAt(site.stage.instructions.at(-1) ?? site.stage.from);
  const isMounted = site.services.some(({ mounts }) => mounts.some(({ target }) => isWithin(workdir, target)));
  const isElsewhere = started.commands.some(({ name }) => name === 'cd');
  if (isMounted || isElsewhere || !site.copied.isComplete) return undefined;
  return programFiles(started).find(
    (file) => /\.[cm]?tsx?$/.test(file) && !site.copied.files.has(absolutePath(file, workdir)),
  );
}

/** Until 7 the package holds all that it is; pnpm has but a link to it. */
function isAloneIn(version: string, manager: PackageManager): boolean {
  return Number(/\d+/.exec(version)?.[0] ?? 7) < 7 && manager.name !== 'pnpm';
}

/** Where an install puts its packages: after `cd`, by `--prefix`, else in the working directory. */
function folderOf({ run, command }: Pick<Install, 'run' | 'command'>): string {
  const options = readOptions(command);
  const before = (run.script?.commands ?? []).filter(
    ({ name, span, chain }) => name === 'cd' && span.start < command.span.start && chain === command.chain,
  );
  const moved = before.reduce((folder, { words }) => absolutePath(words[1]?.value ?? '', folder), workdirAt(run));
  return absolutePath(options.option('--prefix', '-C', '--cwd', '--dir')?.value ?? '', moved);
}

/** Folders that are written and that run; undefined where the whole folder has to go on. */
function knownOutputs(
  project: Project,
  started: PackageStart,
  builds: readonly ShellCommand[],
  { isWorkspace }: PackageManager,
): readonly string[] | undefined {
  const { site, folder } = project;
  if (builds.length === 0) return [];
  if (isWorkspace || generatesSources(site) || runsSources(site, started) || !isPlainStart(started)) return undefined;
  const outputs = outputFolders(project, builds);
  if (!outputs) return undefined;
  const workdir = workdirAt(site.stage.instructions.at(-1) ?? site.stage.from);
  const prefix = folder === '/' ? '/' : `${folder}/`;
  const isThere = (file: string) => {
    const path = absolutePath(file, workdir);
    return (
      outputs.some((output) => `${path}/`.startsWith(`${prefix}${output}/`)) ||
      ['', '.js', '/index.js', '.cjs', '.mjs'].some((end) => site.copied.files.has(path + end))
    );
  };
  const files = programFiles(started).map((file) => (file === '.' ? (project.json.main ?? 'index.js') : file));
  return files.every(isThere) ? outputs : undefined;
}

/** Prisma's client goes between the sources where its schema says so. */
function generatesSources({ copied, context }: Site): boolean {
  return [...copied.files.values()].some(
    (path) => path.endsWith('.prisma') && /^[ \t]*output[ \t]*=/m.test(context.read(path) ?? ''),
  );
}

/** The server of static files is a package of the project, and not one of the whole image. */
function bringsServer(json: PackageJson, { commands }: PackageStart): boolean {
  return commands.some(({ name }) => json.dependencies.has(name) || json.devDependencies.has(name));
}

function omissionOf(
  { site, json }: Project,
  { install, manager, builds, outputs, used }: Pick<NodeApp, 'install' | 'manager' | 'builds' | 'outputs' | 'used'>,
): NodeApp['omits'] {
  const commands = runsOf(site).flatMap(({ script }) => script?.commands ?? []);
  const isAuthors = install.run.resolve('NODE_ENV')?.value === 'production' || installsProgramAlone(install.command);
  // A second one behind the author's own is another try: `npm ci --omit=dev || npm install --omit=dev`.
  if (commands.some((command) => prunes(command) || (!isAuthors && installsProgramAlone(command)))) return 'pruned';
  if (isAuthors) return 'author';
  if (json.devDependencies.size === 0 || used !== undefined) return undefined;
  const isAlone = (install.run.script?.commands ?? []).every(
    (command) =>
      /^(?:install|cleanup|setting|check)$/.test(`${nodeKind(command, json, NOTHING_STARTED)}`) ||
      command.name === 'cd',
  );
  const canRepeat =
    isAlone &&
    !json.hasInstallScripts &&
    manager.productionOption !== undefined &&
    !generatesInModules(site, json, builds);
  if (builds.length === 0 && canRepeat) return 'install';
  const isApart =
    canRepeat &&
    outputs?.length !== 0 &&
    (outputs !== undefined || json.dependencies.size > 0) &&
    manager.hasLock &&
    copiesOnlyManifests(site, install.run) &&
    !switchesUserBefore(site.stage, install.run.span.start);
  if (isApart) return 'apart';
  return manager.prune === undefined ? undefined : 'prune';
}

/** What a build puts between the packages is not there after an install of its own. */
function generatesInModules(site: Site, json: PackageJson, builds: readonly ShellCommand[]): boolean {
  const manifests = [...site.copied.files.values()].filter((path) => path.endsWith('package.json'));
  const texts = [...manifests.map((path) => site.context.read(path) ?? ''), ...builds.map(lineOf)];
  return (
    usesPrisma(json) || texts.some((text) => /node_modules\/(?!\.bin\/)|\bzenstack\b|\bpatch-package\b/.test(text))
  );
}

const NOTHING_STARTED: PackageStart = { commands: [], managers: new Set(), texts: [] };

/** An install that leaves packages of development out, or takes them out where they are there. */
function installsProgramAlone({ name, words }: ShellCommand): boolean {
  return (
    MANAGERS.includes(name) &&
    words.some(({ value }) => /^(?:--omit=dev|--production|--prod|-P|--only=prod(?:uction)?)$/.test(value))
  );
}

/** Takes packages of development out again, which stay in the layer below. */
function prunes({ name, words }: ShellCommand): boolean {
  return /^(?:npm|yarn|pnpm)$/.test(name) && words.some(({ value }) => /^(?:prune|focus)$/.test(value));
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
          /(?:^|\/)(?:package(?:-lock)?\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|pnpm-workspace\.yaml|bun\.lockb?|bunfig\.toml|\.npmrc|\.yarnrc(?:\.yml)?|\.nvmrc|tsconfig[\w.]*\.json|\.pnpmfile\.cjs)$|(?:^|\/)(?:patches|\.yarn)\//.test(
            path,
          ),
        )
      );
    });
}

function interpreterOf(app: NodeApp, runtimeImage: string): Interpreter {
  const { site, folder, json, started, manager, install, builds, outputs, omits } = app;
  const prefix = folder === '/' ? '/' : `${folder}/`;
  const isTurned = outputs === undefined || outputs.length > 0 || app.pages.length > 0;
  const direct = directStart(site, started);
  const start = app.isStandalone ? standaloneStart(app) : direct;
  const running = direct ? { ...started, managers: new Set<string>(), texts: started.texts.slice(1) } : started;
  const written = (install.run.script?.commands ?? [])
    .filter(isInstall)
    .map(({ span }) => site.dockerfile.text.slice(span.start, span.end));
  const stage = freeStageName(site.dockerfile, 'dependencies');
  const corepack = corepackOf(app, running);
  return {
    language: 'Node.js',
    runtimeImage,
    builderComment: isTurned
      ? phrase('Build stage: install all dependencies and build the app')
      : phrase('Build stage: install the dependencies'),
    kindOf: (command) =>
      nodeKind(command, json, running) ??
      // The folder that goes on as a whole has them already.
      (changesProject(command, folder) || (outputs === undefined && isInProject(command, folder))
        ? 'build'
        : undefined),
    before: (node) => (corepack?.isNew && node === corepack.run ? [`ENV COREPACK_HOME=${corepack.home}`] : []),
    artefacts: [...(corepack ? [{ path: corepack.home }] : []), ...modulesOf(app, `${prefix}node_modules`, stage)],
    outputs:
      outputs === undefined
        ? [{ path: folder }]
        : [...outputsOf(app, prefix), ...app.pages.map(({ path }) => ({ path }))],
    libraries: app.libraries,
    buildsAsUser: true,
    rewrite: (text, run) => {
      const plain = withoutCleaning(
        omits === 'install' && run === install.run ? productionText(text, written, manager) : text,
      );
      return keepsNextCache(app) && run === app.lastBuild ? withoutNextCache(plain) : plain;
    },
    epilogue: epilogueOf(app),
    copyInFinal: (node) => copiesOf(app, node),
    start: start === undefined ? undefined : commandOf(start),
    startFinal: (node) => (node.keyword === 'CMD' ? start : undefined),
    ...(omits === 'apart' && app.needsModules
      ? {
          dependencies: {
            name: stage,
            comment: phrase('Dependencies stage: production packages only'),
            rewrite: (text: string) => productionText(text, written, manager),
          },
        }
      : {}),
    ...(omits === undefined || omits === 'author' || omits === 'pruned' || !app.needsModules
      ? {}
      : { risk: phrase('A package that is listed under devDependencies by mistake is missing at run time.') }),
    isWorthIt: (left) => {
      if (runtimeImage !== writtenImage(site) || left.length > 0) return true;
      // Without packages of development a build leaves nothing behind that a stage could keep.
      if (omits === 'pruned' || (builds.length > 0 && (!app.needsModules || (omits ?? 'author') !== 'author')))
        return true;
      return app.used === undefined || builds.length === 0
        ? false
        : refuse(
            'the container runs `{name}` from devDependencies: move it to dependencies, so that the others can be left out',
            {
              name: app.used,
            },
          );
    },
  };
}

/** Where Corepack has the package manager that starts the program, which would be fetched again when a container starts. */
function corepackOf({ site, install }: NodeApp, { managers }: PackageStart) {
  const run = runsOf(site).find(({ script }) => script?.commands.some(({ name }) => name === 'corepack'));
  if (!run || !(managers.has('pnpm') || managers.has('yarn'))) return undefined;
  const own = install.run.resolve('COREPACK_HOME')?.value;
  return { run, home: own ?? COREPACK_HOME, isNew: own === undefined };
}

/** What becomes of a COPY in the final stage. */
function copiesOf(app: NodeApp, node: Instruction): readonly string[] | undefined {
  const { site, folder, outputs, isStandalone, needsModules, isServed } = app;
  if (outputs === undefined) return insideOf(site, node, folder);
  if (outputs.length === 0) return isForPages(app, node) ? [] : withoutLocks(site, node);
  if (isServed) return servedCopies(app, node, needsModules);
  return runtimeCopies(app, node, outputs, !isStandalone);
}

/** What pages are built of, and nothing else. */
function isForPages({ site, pages }: NodeApp, node: Instruction): boolean {
  const targets = [...(copiedBy(node, site.context)?.keys() ?? [])];
  return targets.length > 0 && targets.every((path) => pages.some(({ folder }) => isWithin(path, folder)));
}

/** What takes out of the build stage's folder what does not run. */
function epilogueOf({ omits, outputs, manager, needsModules }: NodeApp): readonly string[] {
  if (!needsModules) return [];
  if (omits === 'prune') return manager.prune === undefined ? [] : [`RUN ${manager.prune}`];
  if (omits !== 'apart' || outputs !== undefined) return [];
  return [manager.isWorkspace ? 'RUN find . -name node_modules -prune -exec rm -rf {} +' : 'RUN rm -rf node_modules'];
}

function modulesOf(app: NodeApp, path: string, stage: string): readonly Artefact[] {
  const { json, folder, manager, outputs, below, needsModules, omits, carried } = app;
  // Packages of a workspace have a folder for them each.
  if (outputs === undefined && omits === 'apart') return [{ path: manager.isWorkspace ? folder : path, stage }];
  // Without any package npm makes no folder for them.
  const hasAny = (one = json) => one.dependencies.size > 0 || (omits === undefined && one.devDependencies.size > 0);
  if (below.length > 0)
    return below
      .filter((inner) => hasAny(readPackageJson(app.site, inner)))
      .map((inner) => ({ path: `${inner}/node_modules` }));
  if (outputs === undefined || !needsModules || !hasAny()) return [];
  return [omits === 'apart' ? { path, stage } : { path }, ...carried.map((name) => ({ path: `${path}/${name}` }))];
}

function outputsOf({ isStandalone, outputs, folder }: NodeApp, prefix: string): readonly Artefact[] {
  if (!isStandalone) return (outputs ?? []).map((output) => ({ path: `${prefix}${output}` }));
  return [{ path: `${prefix}.next/standalone`, target: folder }, { path: `${prefix}.next/static` }];
}

/** `.next` goes on as a whole, with what Next.js keeps in it for the next build: often more than what runs. */
function keepsNextCache({ outputs, isStandalone }: NodeApp): boolean {
  return outputs?.includes('.next') === true && !isStandalone;
}

function withoutNextCache(text: string): string {
  // A mounted cache is no part of the folder.
  if (/\.next\/cache|<</.test(text)) return text;
  const lines = text.split('\n');
  const indent = /^[ \t]{1,40}/.exec(lines.at(-1) ?? '')?.[0];
  return `${text} ${lines.length > 1 && indent !== undefined ? `\\\n${indent}` : ''}&& rm -rf .next/cache`;
}

/** A stage that is thrown away need not be clean. */
function withoutCleaning(text: string): string {
  return text.replace(
    /[ \t]*(?:\\\r?\n[ \t]*)?&&[ \t]*(?:\\\r?\n[ \t]*)?(?:npm cache clean(?: --force)?|yarn cache clean(?: --all)?|pnpm store prune)(?=[ \t]*(?:$|\\?\r?\n|&&))/g,
    '',
  );
}

/** The words of a CMD in exec form, as they would be typed. */
function commandOf(text: string): string {
  return text
    .replace(/^CMD \["|"\]$/g, '')
    .split('", "')
    .join(' ');
}

/** Next.js listens where HOSTNAME says, which Docker sets to the container's own name. */
function standaloneStart({ site, started }: NodeApp): string {
  const port = nextStart(started)?.port;
  const hasHost = site.stage.instructions.some(
    ({ keyword, pairs }) => keyword === 'ENV' && pairs.some(({ name }) => name === 'HOSTNAME'),
  );
  return [
    ...(hasHost ? [] : ['ENV HOSTNAME=0.0.0.0']),
    ...(port === undefined ? [] : [`ENV PORT=${port}`]),
    'CMD ["node", "server.js"]',
  ].join('\n');
}
