import { absolutePath, copiedFiles, copyTarget, workdirAtEnd } from '../../app/copiedFiles';
import { manifestInstall } from '../../app/dependencyInstall';
import { baseFacts } from '../../app/effectiveUser';
import { sourcesOf } from '../../app/neededPrograms';
import { type PackageJson, readPackageJson, withPackages } from '../../app/packageJson';
import { type Site, siteOn } from '../../app/site';
import { otherStarts, packageStart } from '../../app/start/packageStart';
import { startKind } from '../../app/start/startKind';
import { isRemoved } from '../../commands/caches';
import { commandKind } from '../../commands/commandKinds';
import { packageCommand } from '../../commands/packageCommand';
import { lineEndOf } from '../../dockerfile/edits/runLayout';
import { startWithComments } from '../../dockerfile/edits/startWithComments';
import { imageStage, lineage } from '../../dockerfile/lineage';
import type { Flag, Instruction, Stage } from '../../dockerfile/model';
import { findStage } from '../../dockerfile/parse';
import { phrase } from '../../l10n/phrase';
import type { ShellCommand } from '../../shell/script';
import { insertion, type TextEdit } from '../../text/edits';
import { isWithin } from '../../text/paths';
import { freeStageName, isTarget } from '../split/compose';
import { lackingCopy } from '../split/lackingCopy';
import { changesProject, nodeKind } from '../split/nodeCommands';
import { isGlobal, isInstall, managerOf, type PackageManager, productionText } from '../split/nodeManagers';
import { folderOf, type Install, isLeftOut, omissionOf, runsOf } from '../split/nodeOmission';
import { startGuard, typescriptAtStart, usedForDevelopment } from '../split/nodeStart';
import { compilesOnRequest } from '../split/ruby';
import { type Guard, isGuard, refuse, type Transform, type TransformSite } from '../transform';

const TITLE = phrase('Leave development packages out of the image');

/** Stages of the author's own: development packages that the final stage installs, or gets with node_modules. */
export const productionPackages: Transform = {
  id: 'production-packages',
  safety: 'unsafe',
  level: 'recommended',
  answers: ['npm-omit-dev'],
  propose(given) {
    const { dockerfile, buildContext, config } = given;
    const stage = imageStage(dockerfile);
    if (!stage || !buildContext || dockerfile.errors.length > 0 || config?.settings.targetStage !== undefined)
      return undefined;
    if (config?.settings.isForDevelopment) return undefined;
    const site = siteOf(given, stage);
    const source = site && sourceOf(given, site);
    if (!source) return undefined;
    const edits = editsFor(given, source);
    if (isGuard(edits)) return source.copies.length === 0 ? undefined : { title: TITLE, ...edits };
    if (!edits) return undefined;
    return {
      title: TITLE,
      reason: phrase(
        'Packages in devDependencies are needed only to build and test. They often take more space than the program itself.',
      ),
      risk: phrase('A package that is listed under devDependencies by mistake is missing at run time.'),
      edits,
    };
  },
};

/** Where the packages of the final stage come from. */
interface Source {
  /** The final stage, with all files of the build context that it has or that its program was built from. */
  readonly site: Site;
  /** The stage that has the packages at its end, with its files. */
  readonly from: Site;
  readonly install: Install;
  readonly folder: string;
  readonly json: PackageJson;
  /** The COPY instructions that bring the packages; none if the final stage installs them itself. */
  readonly copies: readonly Copy[];
}

interface Copy {
  readonly node: Instruction;
  readonly flag: Flag;
  readonly from: Stage;
}

/** The stage with the files of the stages that it is built FROM. */
function siteOf({ dockerfile, knowledge, buildContext, config }: TransformSite, stage: Stage): Site | undefined {
  const stages = lineage(stage);
  const facts = baseFacts(stage, knowledge);
  const site =
    facts && buildContext && siteOn(facts, dockerfile, stage, knowledge, buildContext, config?.settings.services);
  if (!site) return undefined;
  const all = stages.map((one) => copiedFiles(one, site.context));
  const files = new Map(all.flatMap((copied) => [...copied.files]));
  return { ...site, copied: { files, isComplete: all.every(({ isComplete }) => isComplete) } };
}

function sourceOf(given: TransformSite, site: Site): Source | undefined {
  if (installOf(site)) return sourceFrom(given, site, site, []);
  const copies = packageCopies(site);
  for (const stage of new Set(copies.flatMap(({ from }) => from))) {
    const from = siteOf(given, stage);
    const ofStage = copies.filter((copy) => copy.from === stage);
    const source = from && sourceFrom(given, site, from, ofStage);
    if (source && source.copies.length > 0) return source;
  }
  return undefined;
}

function sourceFrom(given: TransformSite, site: Site, from: Site, all: readonly Copy[]): Source | undefined {
  const install = installOf(from) ?? installBehind(given, from);
  if (!install) return undefined;
  const folder = folderOf(install);
  const json = readPackageJson(from, folder);
  // Packages that only a build has used are removed behind it.
  if (!json || runsOf(from).some((run) => isRemoved(run, ['node_modules', `${folder}/node_modules`]))) return undefined;
  const copies = all.filter(({ node }) => bringsPackages(node, folder));
  const copied = {
    files: new Map([...from.copied.files, ...copies.flatMap(({ node }) => filesOf(from, node)), ...site.copied.files]),
    isComplete: from.copied.isComplete && site.copied.isComplete,
  };
  return { site: { ...site, copied }, from, install, folder, json: withPackages(from, json), copies };
}

/** The only install of a stage. */
function installOf(site: Site): Install | undefined {
  const [install, ...others] = lineage(site.stage).flatMap((stage) =>
    runsOf({ stage }).flatMap((run) =>
      (run.script?.commands ?? []).filter(isInstall).map((command) => ({ run, command })),
    ),
  );
  return others.length === 0 ? install : undefined;
}

/** The install of a stage that a build stage copies its node_modules from. */
function installBehind(given: TransformSite, site: Site): Install | undefined {
  for (const { from } of packageCopies(site)) {
    const behind = siteOf(given, from);
    const install = behind && installOf(behind);
    if (install) return install;
  }
  return undefined;
}

/** COPY instructions from a stage that may bring packages. */
function packageCopies({ dockerfile, stage }: Site): Copy[] {
  return stage.instructions.flatMap((node) => {
    const flag = node.keyword === 'COPY' ? node.flags.find(({ name }) => name === 'from') : undefined;
    const from = flag && findStage(dockerfile.stages, stage, flag.value ?? '');
    return flag && from?.name !== undefined && node.args.length === 2 ? [{ node, flag, from }] : [];
  });
}

function sourcePath(node: Instruction): string {
  return absolutePath(node.expand(node.args[0]?.text ?? '') ?? '', '/');
}

function bringsPackages(node: Instruction, folder: string): boolean {
  return isWithin(`${folder === '/' ? '' : folder}/node_modules`, sourcePath(node));
}

/** Files of the build context that a COPY takes along, by their new paths. */
function filesOf({ copied }: Site, node: Instruction): [string, string][] {
  const source = sourcePath(node);
  return [...copied.files].flatMap(([path, file]) =>
    isWithin(path, source)
      ? [[absolutePath(path.slice(source.length).replace(/^\//, ''), copyTarget(node)), file]]
      : [],
  );
}

function editsFor(given: TransformSite, source: Source): TextEdit[] | Guard | undefined {
  const { site, from, install, json, folder, copies } = source;
  const runs = [...lineage(from.stage), ...(install.run.stage ? [install.run.stage] : []), site.stage].flatMap(
    ({ instructions }) => instructions,
  );
  if (isLeftOut(runs, install) || json.devDependencies.size === 0) return undefined;
  // People who work in the container start what they need.
  if (startKind(site).kind === 'person') return undefined;
  const onRequest = compilesOnRequest(site);
  if (onRequest) return onRequest;
  const started = packageStart(site, json.scripts);
  if (!started) return refuse('cannot determine what the container starts');
  const starts = [started, ...otherStarts(site, json.scripts)];
  const guard = starts.map(startGuard).find((one) => one !== undefined);
  if (guard) return guard;
  const manager = managerOf(from, folder, json, install.command);
  if (isGuard(manager)) return manager;
  if (!site.copied.isComplete) return lackingCopy(from.copied.isComplete ? site : from);
  if (!sourcesOf(site))
    return refuse('the build context has too many files to scan: list unneeded files in .dockerignore');
  const used = usedForDevelopment(site, json, starts) ?? (typescriptAtStart(site, json) && 'typescript');
  if (used !== undefined)
    return refuse(
      'the container runs `{name}` from devDependencies: move it to dependencies, so that the others can be left out',
      { name: used },
    );
  const commands = runsOf(from).flatMap(({ script }) => script?.commands ?? []);
  const builds = commands.filter(
    (command) =>
      nodeKind(command, json, started) === 'build' ||
      changesProject(command, folder) ||
      (command.span.start > install.command.span.start && isUnknown(command)),
  );
  const isAlone =
    copies.every(({ node }) => node.stage?.isFinal) &&
    isUsedOnlyBy(from.stage, site.stage) &&
    !isTarget(site, from.stage.name ?? '');
  const omission = omissionOf({ site: from, json }, { install, manager, builds, outputs: undefined, used });
  if (omission === 'install' && install.run.stage === from.stage && (copies.length === 0 || isAlone))
    return installEdits(given, install, manager);
  return copies.length === 0 ? undefined : pruneEdits(given, source, manager, isAlone);
}

function isUsedOnlyBy(stage: Stage, user: Stage): boolean {
  return stage.usedBy.every((node) => node.stage === user);
}

function installEdits(
  { dockerfile }: TransformSite,
  { run }: Install,
  manager: PackageManager,
): TextEdit[] | undefined {
  const text = dockerfile.text.slice(run.span.start, run.span.end);
  const written = (run.script?.commands ?? [])
    .filter(isInstall)
    .map(({ span }) => dockerfile.text.slice(span.start, span.end));
  const newText = productionText(text, written, manager);
  return newText === text ? undefined : [{ span: run.span, newText }];
}

/** `npm install -g pnpm && npm cache clean --force`: has nothing to do with the packages of the program. */
function isAboutTools(command: ShellCommand): boolean {
  return isGlobal(command) || command.words[1]?.value === 'cache';
}

const OF_NODE = /^(?:npx|npm|yarn|pnpm|bunx?|node)$/;

/** `make assets`, `bin/rails assets:precompile`, `./build.sh`: calls that may bundle something with these packages. */
function isUnknown(command: ShellCommand): boolean {
  return (
    !OF_NODE.test(command.name) &&
    commandKind(command) === undefined &&
    manifestInstall(command) === undefined &&
    packageCommand(command, ['pip', 'gem', 'corepack']) === undefined &&
    command.words.length > 0
  );
}

/** Removes the packages at the end of their stage, or in a stage of its own if others need them. */
function pruneEdits(
  { dockerfile, comment }: TransformSite,
  { site, from, folder, copies }: Source,
  manager: PackageManager,
  isAlone: boolean,
): TextEdit[] | Guard {
  const call = site.stage.instructions
    .flatMap(({ keyword, script }) => (keyword === 'RUN' ? (script?.commands ?? []) : []))
    .find((command) => isUnknown(command) || (OF_NODE.test(command.name) && !isAboutTools(command)));
  if (call)
    return refuse('a RUN of the final stage calls `{name}`, which may need development packages', { name: call.name });
  if (manager.prune === undefined)
    return refuse(
      '{manager} cannot remove development packages reliably: copy node_modules from a stage that installs only production packages',
      { manager: manager.name },
    );
  const eol = lineEndOf(dockerfile);
  const { instructions, name } = from.stage;
  const run = `RUN ${workdirAtEnd(instructions) === folder ? '' : `cd ${folder} && `}${manager.prune}`;
  if (isAlone) return [insertion((instructions.at(-1) ?? from.stage.from).span.end, `${eol}${run}`)];
  const pruned = freeStageName(dockerfile, 'production');
  const stage = [
    ...comment(phrase('Dependencies stage: production packages only')),
    `FROM ${name} AS ${pruned}`,
    run,
    '',
    '',
  ];
  return [
    insertion(startWithComments(dockerfile.text, site.stage.from.span.start), stage.join(eol)),
    ...copies.map(({ flag }) => ({ span: flag.span, newText: `--from=${pruned}` })),
  ];
}
