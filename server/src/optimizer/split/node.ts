import { absolutePath, copiedBy, workdirAt } from '../../app/copiedFiles';
import { COREPACK_HOME } from '../../app/corepackHome';
import { type PackageJson, readPackageJson, withPackages } from '../../app/packageJson';
import type { Site } from '../../app/site';
import { otherStarts, type PackageStart, packageStart } from '../../app/start/packageStart';
import type { Instruction } from '../../dockerfile/model';
import { phrase } from '../../l10n/phrase';
import type { ShellCommand } from '../../shell/script';
import { isWithin } from '../../text/paths';
import { type Guard, isGuard, refuse } from '../transform';
import { freeStageName, type Split } from './compose';
import { insideOf } from './dataCopies';
import { type Artefact, type Interpreter, splitInterpreted } from './interpreted';
import { lackingCopy } from './lackingCopy';
import { changesProject, isInProject, nodeKind } from './nodeCommands';
import { runtimeCopies, servedCopies, withoutLocks } from './nodeFiles';
import { nodeLibraries } from './nodeLibraries';
import { isInstall, managerOf, type PackageManager, productionText, usesPrisma } from './nodeManagers';
import { folderOf, type Install, type Omission, omissionOf, runsOf } from './nodeOmission';
import { isStandalone, outputFolders, type Project } from './nodeOutputs';
import {
  directStart,
  isPlainStart,
  nextStart,
  programFiles,
  runsSources,
  servedFolder,
  startGuard,
  typescriptAtStart,
  usedForDevelopment,
} from './nodeStart';
import { runtimeImageOf, writtenImage } from './runtimeImage';
import { standaloneStart } from './standaloneServer';

/** Absolute paths: where the pages are built, and the output. */
interface Pages {
  readonly folder: string;
  readonly path: string;
}

/** Everything that is known about a program before its stages are written. */
interface NodeApp extends Project {
  readonly started: PackageStart;
  readonly manager: PackageManager;
  /** Distribution packages that the dependencies need. */
  readonly libraries: readonly string[];
  readonly install: Install;
  /**
   * Directories below the program's own that each have their own install; empty if the only install is in the
   * program's directory.
   */
  readonly below: readonly string[];
  /** Commands that compile the sources or generate something. */
  readonly builds: readonly ShellCommand[];
  /** Pages that builds in other directories make for the program. */
  readonly pages: readonly Pages[];
  /** The RUN of the last build command. */
  readonly lastBuild: Instruction | undefined;
  /**
   * Paths that they write, relative to the directory; undefined if they are unknown, or if more than the output runs.
   */
  readonly outputs: readonly string[] | undefined;
  /** A static file server serves the output. */
  readonly isServed: boolean;
  /** A standalone Next.js server that needs nothing else. */
  readonly isStandalone: boolean;
  readonly needsModules: boolean;
  readonly omits: Omission;
  /** A package from devDependencies that the container runs. */
  readonly used: string | undefined;
  /** Packages from devDependencies that run there and need no others: they are copied individually. */
  readonly carried: readonly string[];
}

/** Node.js: the full image installs the dependencies and builds the sources, and the slim image gets only what runs. */
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

/** The manifest comes from another stage, which may have changed it. */
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
  // In a monorepo the program may be in a subdirectory.
  const folder = isWithin(workdir, first) ? first : workdir;
  const json = readPackageJson(site, first);
  if (!json && !site.copied.isComplete) return lackingCopy(site);
  if (!json) return refuse('no package.json is copied into {folder}, where packages are installed', { folder: first });
  const outside = folders.find((other) => !isWithin(other, folder));
  if (outside !== undefined)
    return refuse('packages are installed in {folder}, but the program runs in {workdir}', {
      folder: outside === workdir ? first : outside,
      workdir,
    });
  const started = startOf(site, json);
  if (!started) return refuse('cannot determine what the container starts');
  const manager = managerOf(site, first, json, install.command);
  const others = otherStarts(site, json.scripts);
  const guard = [started, ...others].map(startGuard).find((one) => one !== undefined);
  if (guard) return guard;
  const manifests = [...new Set(folders)].flatMap((one) => readPackageJson(site, one) ?? []);
  const libraries: string[] = [];
  for (const manifest of manifests) {
    const found = nodeLibraries(site, withPackages(site, manifest), [started, ...others]);
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
  const needsModules =
    standalone || isNitro(project, outputs, started) ? false : isServed ? bringsServer(json, started) : true;
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

/** What the image has built, where CMD can start it directly instead of what would build it again. */
function startOf(site: Site, { scripts }: PackageJson): PackageStart | undefined {
  const built = packageStart(site, scripts, true);
  return built && (!built.isReplaced || directStart(site, built, scripts)) ? built : packageStart(site, scripts);
}

/** A package manager starts the script in the manifest of its directory. */
function isInProcess({ managers }: PackageStart): boolean {
  return managers.size > 0;
}

/** Tools that build pages for browsers. The output of other builds may need its packages at run time. */
const BUILDS_PAGES =
  /\b(?:astro|craco|gatsby|ng|parcel|preact|react-app-rewired|react-scripts|vite|vue-cli-service) build\b/;

/**
 * The output of builds next to the program, if they make pages that it serves; undefined if it is unknown, or if more
 * of them runs.
 */
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

/**
 * TypeScript sources that are started directly have to be copied in. If one is missing, the image is built from
 * another folder.
 */
function lackingSource(site: Site, started: PackageStart): string | undefined {
  const workdir = workdirAt(site.stage.instructions.at(-1) ?? site.stage.from);
  const isMounted = site.services.some(({ mounts }) => mounts.some(({ target }) => isWithin(workdir, target)));
  const isElsewhere = started.commands.some(({ name }) => name === 'cd');
  if (isMounted || isElsewhere || !site.copied.isComplete) return undefined;
  return programFiles(started).find(
    (file) => /\.[cm]?tsx?$/.test(file) && !site.copied.files.has(absolutePath(file, workdir)),
  );
}

/** Before version 7 the package has no dependencies. pnpm only has a symbolic link to it. */
function isAloneIn(version: string, manager: PackageManager): boolean {
  return Number(/\d+/.exec(version)?.[0] ?? 7) < 7 && manager.name !== 'pnpm';
}

/** Output directories that run; undefined if the whole directory has to be copied. */
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

/** True if the schema makes Prisma generate its client among the sources. */
function generatesSources({ copied, context }: Site): boolean {
  return [...copied.files.values()].some(
    (path) => path.endsWith('.prisma') && /^[ \t]*output[ \t]*=/m.test(context.read(path) ?? ''),
  );
}

/**
 * Nitro, the server of Nuxt, copies the packages that it needs to `.output/server/node_modules`:
 * https://nitro.build/deploy/runtimes/node (2026-11). Prisma looks for its engine in the directory of the build.
 */
function isNitro(
  { json }: Pick<Project, 'json'>,
  outputs: readonly string[] | undefined,
  started: PackageStart,
): boolean {
  const files = programFiles(started);
  return (
    !usesPrisma(json) &&
    outputs?.join() === '.output' &&
    files.length > 0 &&
    files.every((file) => /^(?:\.\/)?\.output\/server\//.test(file))
  );
}

/** True if the static file server is a dependency of the project, not a global install. */
function bringsServer(json: PackageJson, { commands }: PackageStart): boolean {
  return commands.some(({ name }) => json.dependencies.has(name) || json.devDependencies.has(name));
}

function interpreterOf(app: NodeApp, runtimeImage: string): Interpreter {
  const { site, folder, json, started, manager, install, builds, outputs, omits } = app;
  const prefix = folder === '/' ? '/' : `${folder}/`;
  const isTurned = outputs === undefined || outputs.length > 0 || app.pages.length > 0;
  const start = app.isStandalone ? standaloneStart(site, started) : directStart(site, started, json.scripts);
  const running = start ? { ...started, managers: new Set<string>(), texts: started.texts.slice(1) } : started;
  const written = (install.run.script?.commands ?? [])
    .filter(isInstall)
    .map(({ span }) => site.dockerfile.text.slice(span.start, span.end));
  const stage = freeStageName(site.dockerfile, 'dependencies');
  const corepack = corepackOf(app, running);
  const modules = modulesOf(app, `${prefix}node_modules`, stage);
  return {
    language: 'Node.js',
    runtimeImage,
    builderComment: isTurned
      ? phrase('Build stage: install all dependencies and build the app')
      : phrase('Build stage: install the dependencies'),
    kindOf: (command) =>
      nodeKind(command, json, running) ??
      // A directory that is copied as a whole already contains these changes.
      (changesProject(command, folder) || (outputs === undefined && isInProject(command, folder))
        ? 'build'
        : undefined),
    before: (node) => (corepack?.isNew && node === corepack.run ? [`ENV COREPACK_HOME=${corepack.home}`] : []),
    artefacts: [...(corepack ? [{ path: corepack.home }] : []), ...modules],
    outputs:
      outputs === undefined
        ? [{ path: folder }]
        : [...outputsOf(app, prefix), ...app.pages.map(({ path }) => ({ path }))],
    libraries: start?.startsWith('CMD ["tini"') ? [...app.libraries, 'tini'] : app.libraries,
    buildsAsUser: true,
    rewrite: (text, run) => {
      const plain = withoutCleaning(
        omits === 'install' && run === install.run ? productionText(text, written, manager) : text,
      );
      return keepsNextCache(app) && run === app.lastBuild ? withoutNextCache(plain) : plain;
    },
    epilogue: epilogueOf(app),
    copyInFinal: (node) => copiesOf(app, node),
    start: start?.startsWith('CMD ["npm"') ? undefined : start && commandOf(start),
    startFinal: (node) => (node.keyword === 'CMD' ? start : undefined),
    ...(modules.some((artefact) => artefact.stage !== undefined)
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
      // Without development dependencies a build leaves nothing that the build stage could keep.
      if (omits === 'pruned' || (builds.length > 0 && (!app.needsModules || (omits ?? 'author') !== 'author')))
        return true;
      if (builds.length === 0) return false;
      if (app.used !== undefined)
        return refuse(
          'the container runs `{name}` from devDependencies: move it to dependencies, so that the others can be left out',
          { name: app.used },
        );
      return omits === undefined && app.json.devDependencies.size > 0
        ? refuse(
            'development packages cannot be removed after this build: install the production packages in a separate stage',
          )
        : false;
    },
  };
}

/**
 * The directory in which Corepack stores the package manager that starts the program. Without it, each container start
 * would download the manager again.
 */
function corepackOf({ site, install }: NodeApp, { managers }: PackageStart) {
  const run = runsOf(site).find(({ script }) => script?.commands.some(({ name }) => name === 'corepack'));
  if (!run || !(managers.has('pnpm') || managers.has('yarn'))) return undefined;
  const own = install.run.resolve('COREPACK_HOME')?.value;
  return { run, home: own ?? COREPACK_HOME, isNew: own === undefined };
}

/** The lines that replace a COPY in the final stage. */
function copiesOf(app: NodeApp, node: Instruction): readonly string[] | undefined {
  const { site, folder, outputs, isStandalone, needsModules, isServed } = app;
  if (outputs === undefined) return insideOf(site, node, folder);
  if (outputs.length === 0) return isForPages(app, node) ? [] : withoutLocks(site, node);
  if (isServed) return servedCopies(app, node, needsModules);
  return runtimeCopies(app, node, outputs, !isStandalone && !isNitro(app, outputs, app.started));
}

/** True for a COPY of nothing but sources of the pages. */
function isForPages({ site, pages }: NodeApp, node: Instruction): boolean {
  const targets = [...(copiedBy(node, site.context)?.keys() ?? [])];
  return targets.length > 0 && targets.every((path) => pages.some(({ folder }) => isWithin(path, folder)));
}

/** Commands that remove from the build stage's directory what does not run. */
function epilogueOf({ omits, outputs, manager, needsModules }: NodeApp): readonly string[] {
  if (!needsModules) return [];
  if (omits === 'prune') return manager.prune === undefined ? [] : [`RUN ${manager.prune}`];
  if (omits !== 'apart' || outputs !== undefined) return [];
  return [manager.isWorkspace ? 'RUN find . -name node_modules -prune -exec rm -rf {} +' : 'RUN rm -rf node_modules'];
}

function modulesOf(app: NodeApp, path: string, stage: string): readonly Artefact[] {
  const { json, folder, manager, outputs, below, needsModules, omits, carried } = app;
  // Each package of a workspace has its own node_modules.
  if (outputs === undefined && omits === 'apart') return [{ path: manager.isWorkspace ? folder : path, stage }];
  // Without any dependency, npm does not create node_modules.
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

/**
 * `.next` is copied as a whole, with the cache that Next.js keeps for the next build and that is often larger than the
 * program.
 */
function keepsNextCache({ outputs, isStandalone }: NodeApp): boolean {
  return outputs?.includes('.next') === true && !isStandalone;
}

function withoutNextCache(text: string): string {
  // A mounted cache is not part of the directory.
  if (/\.next\/cache|<</.test(text)) return text;
  const lines = text.split('\n');
  const indent = /^[ \t]{1,40}/.exec(lines.at(-1) ?? '')?.[0];
  return `${text} ${lines.length > 1 && indent !== undefined ? `\\\n${indent}` : ''}&& rm -rf .next/cache`;
}

/** Cleaning a stage that is thrown away is pointless. */
function withoutCleaning(text: string): string {
  return text.replace(
    // Bounded: a line, a word or an instruction: 65,535 characters at most (dockerfile/limits.ts).
    /[ \t]*(?:\\\r?\n[ \t]*)?&&[ \t]*(?:\\\r?\n[ \t]*)?(?:npm cache clean(?: --force)?|yarn cache clean(?: --all)?|pnpm store prune)(?=[ \t]*(?:$|\\?\r?\n|&&))/g,
    '',
  );
}

/** The words of an exec form CMD as a shell command line. */
function commandOf(text: string): string {
  return text
    .replace(/^CMD \["|"\]$/g, '')
    .split('", "')
    .join(' ');
}
