import { absolutePath, copiedBy, workdirAt } from '../../app/copiedFiles';
import { needsNoSources } from '../../app/dependencyInstall';
import { contextOfBuild } from '../../app/site';
import { ownsWorkdir } from '../../app/sourceCopies';
import { removeWithComments } from '../../dockerfile/edits/removeWithComments';
import { lineEndOf, removeFromChain, separatorLike } from '../../dockerfile/edits/runLayout';
import { startWithComments } from '../../dockerfile/edits/startWithComments';
import { copyLine } from '../../dockerfile/edits/writePaths';
import { finalStage, inheritedInstructions, lineage } from '../../dockerfile/lineage';
import type { DockerfileModel, Instruction, Stage } from '../../dockerfile/model';
import type { BuildContext } from '../../engine/buildContext';
import { phrase } from '../../l10n/phrase';
import type { ShellCommand } from '../../shell/script';
import { insertion, type TextEdit } from '../../text/edits';
import { cargo } from '../resolve/cargo';
import { dotnet } from '../resolve/dotnet';
import { goModules } from '../resolve/goModules';
import { gradle } from '../resolve/gradle';
import { maven } from '../resolve/maven';
import type { Resolution, Resolver } from '../resolve/resolver';
import { isGuard, type Proposal, type Refusal, refuse, type Transform, type TransformSite } from '../transform';
import { isKeptInMount } from './cacheMounts';

const RESOLVERS: readonly Resolver[] = [maven, gradle, goModules, cargo, dotnet];

/**
 * Build tools that download dependencies during the build get a separate step for it, before the sources are copied.
 */
export const dependenciesFirst: Transform = {
  id: 'dependencies-first',
  safety: 'unsafe',
  level: 'recommended',
  answers: ['copy-manifests-first'],
  propose(site) {
    const { dockerfile, buildContext } = site;
    if (!buildContext || dockerfile.errors.length > 0) return undefined;
    const context = contextOfBuild(buildContext);
    if (!context) return undefined;
    let refusal: Refusal | undefined;
    for (const stage of dockerfile.stages) {
      const answer = proposeFor(site, stage, context);
      if (answer && isGuard(answer)) refusal ??= answer;
      else if (answer) return answer;
    }
    return refusal;
  },
};

function proposeFor(site: TransformSite, stage: Stage, context: BuildContext): Proposal | Refusal | undefined {
  const { dockerfile } = site;
  const last = finalStage(dockerfile);
  const isFinal = last !== undefined && lineage(last).includes(stage);
  const found = firstCall(stage);
  if (!found) return undefined;
  const { run, command, resolver } = found;
  // A cache mount needs no layer, and the effect of an earlier step of the tool is unknown.
  if (run.flags.some(({ options }) => /cache|bind/.test(options.get('type') ?? ''))) return undefined;
  if (resolver.isPartial && isKeptInMount(site, run)) return undefined;
  const earlier = inheritedInstructions(stage).filter(({ span }) => span.start < run.span.start);
  const made = earlier.flatMap((node) => stageOf(dockerfile, node)?.instructions ?? []);
  const isOfTool = (one: ShellCommand) => resolver.isOwn(one) || one.name === command.name;
  if ([...earlier, ...made].some((node) => node.script?.commands.some(isOfTool))) return undefined;
  const resolution = resolver.resolve(command, context);
  if (!resolution) return undefined;
  const title = phrase('Download the dependencies with {tool} before copying the sources', { tool: resolver.tool });
  if (isGuard(resolution)) return { title, ...resolution };
  if (isFinal && resolution.script !== undefined && !resolver.isExact)
    return { title, ...refuse('the download contains more than the build uses, and this stage is the final image') };
  const edits = rearranged(dockerfile, stage, found, resolution, context);
  return (
    edits && {
      title,
      reason: phrase(
        'Docker reuses a cached layer only if nothing above it has changed. With the manifests copied first, editing a source file does not download the dependencies again.',
      ),
      risk: resolution.risk,
      edits,
    }
  );
}

/** The stage that a COPY copies from. */
function stageOf({ stages }: DockerfileModel, { flags }: Instruction): Stage | undefined {
  const from = flags.find(({ name }) => name === 'from')?.value?.toLowerCase();
  return from === undefined ? undefined : stages.find(({ name, index }) => name === from || `${index}` === from);
}

interface Call {
  readonly run: Instruction;
  readonly command: ShellCommand;
  readonly resolver: Resolver;
  /** What makes its wrapper executable in the same RUN. */
  readonly prepared: readonly ShellCommand[];
}

/** `chmod +x mvnw` and removing its Windows line endings: it is needed before the sources too. */
function preparesWrapper({ name, words }: ShellCommand): boolean {
  const [option, ...others] = words.slice(1).map(({ value }) => value);
  const files = name === 'sed' ? others.slice(1) : others;
  return (
    ((name === 'chmod' && option !== undefined && !option.startsWith('-')) ||
      (name === 'sed' && option === '-i' && /\\r/.test(others[0] ?? ''))) &&
    files.length > 0 &&
    files.every((file) => /^(?:\.\/)?(?:mvnw|gradlew)$/.test(file))
  );
}

/** The first command of a build tool; undefined if another command precedes it in its RUN. */
function firstCall({ instructions }: Stage): Call | undefined {
  for (const run of instructions) {
    const { script } = run;
    const command = script?.commands.find((one) => RESOLVERS.some(({ isOwn }) => isOwn(one)));
    const resolver = command && RESOLVERS.find(({ isOwn }) => isOwn(command));
    if (run.keyword !== 'RUN' || !script || !resolver) continue;
    const prepared = script.commands.slice(0, script.commands.indexOf(command));
    const isPlain =
      prepared.every((one, at) => preparesWrapper(one) && script.chain.operators[at]?.text === '&&') &&
      script.errors.length === 0 &&
      run.form === 'shell' &&
      run.heredocs.length === 0;
    return isPlain && !command.isConditional ? { run, command, resolver, prepared } : undefined;
  }
  return undefined;
}

/**
 * The manifests and the download first, then the sources; undefined if instructions in between may need the sources.
 */
function rearranged(
  dockerfile: DockerfileModel,
  { instructions }: Stage,
  { run, command, prepared }: Call,
  { manifests: needed, settings = [], folder, script: own, option }: Resolution,
  context: BuildContext,
): TextEdit[] | undefined {
  const above = instructions.filter(({ span }) => span.start < run.span.start);
  const copies = above.filter(
    (node) => (node.keyword === 'COPY' || node.keyword === 'ADD') && !node.flags.some(({ name }) => name === 'from'),
  );
  const manifests = [...needed, ...settings];
  const workdir = folder ?? workdirAt(run);
  /** The instruction that first copies each manifest into the stage. */
  const places = new Map<string, Instruction>();
  const sources: Instruction[] = [];
  for (const copy of copies) {
    const copied = copiedBy(copy, context);
    if (!copied) return undefined;
    if ([...copied.values()].some((path) => !manifests.includes(path))) sources.push(copy);
    for (const path of manifests)
      if (copied.get(absolutePath(path, workdir)) === path && !places.has(path)) places.set(path, copy);
  }
  const [first] = sources;
  // `dotnet restore && dotnet publish`: only the first of them needs no sources.
  const isFollowed = own === undefined && run.script?.commands.at(-1) !== command;
  const cut = isFollowed ? removeFromChain(dockerfile, run, command) : undefined;
  if (isFollowed && !cut) return undefined;
  const script = isFollowed ? textOf(dockerfile)(command) : own;
  if (!first || needed.some((path) => !places.has(path))) return undefined;
  const missing = manifests.filter((path) => (places.get(path)?.span.start ?? -1) >= first.span.start);
  if (missing.length === 0 && script === undefined) return undefined;
  const between = above.filter((node) => node.span.start > first.span.start && !copies.includes(node));
  const flags = flagsOf(dockerfile, first);
  const lines = copyLines(missing, flags, folder === undefined ? '' : `${folder}/`);
  const preparing = between.filter((node) => node.script?.commands.every(preparesWrapper));
  const before = [...preparing.flatMap((node) => node.script?.commands ?? []), ...prepared].map(textOf(dockerfile));
  if (script !== undefined) lines.push(`RUN ${flagsOf(dockerfile, run)}${chainOf(dockerfile, [...before, script])}`);
  const options = [...(option === undefined ? [] : [insertion(command.span.end, ` ${option}`)]), ...(cut ? [cut] : [])];
  const isOnlyCopy = copies.at(-1) === first;
  if (isOnlyCopy) {
    const isFixed = first.args.at(-1)?.value.startsWith('/') ?? false;
    // A COPY takes the wrapper's mode from the build context again, so the RUN that sets it stays behind the sources.
    if (preparing.length > 0)
      return script !== undefined && between.every((node) => preparing.includes(node) || INERT.has(node.keyword))
        ? [insertion(startWithComments(dockerfile.text, first.span.start), linesOf(dockerfile, lines)), ...options]
        : undefined;
    if (!between.every((node) => canComeFirst(node) || (node.keyword === 'WORKDIR' && isFixed))) return undefined;
    // The first manifest creates the directory in place of the sources.
    const above = ownsWorkdir(first, between) ? copyLines(missing, flags, `${workdir}/`) : [];
    const below = above.length > 0 ? lines.slice(above.length) : lines;
    return [...moved(dockerfile, first, run, { above, below }, script === undefined), ...options];
  }
  if (script === undefined || !between.every(({ keyword }) => INERT.has(keyword))) return undefined;
  const spare = copies.filter((node) => node.span.start > first.span.start && !sources.includes(node));
  return [
    insertion(startWithComments(dockerfile.text, first.span.start), linesOf(dockerfile, lines)),
    ...spare.map((node) => removeWithComments(dockerfile, node)),
    ...options,
  ];
}

function linesOf(dockerfile: DockerfileModel, lines: readonly string[]): string {
  return lines.map((line) => line + lineEndOf(dockerfile)).join('');
}

function textOf({ text }: DockerfileModel): (command: ShellCommand) => string {
  return ({ span }) => text.slice(span.start, span.end);
}

const INERT = new Set(['ARG', 'CMD', 'ENTRYPOINT', 'ENV', 'EXPOSE', 'LABEL']);

/** True for instructions with the same result before the sources exist, and for directory listings. */
function canComeFirst(node: Instruction): boolean {
  const isListing =
    node.keyword === 'RUN' &&
    node.script?.commands.every(
      ({ name, words }) =>
        (name === 'ls' || name === 'pwd') && words.slice(1).every(({ value }) => value.startsWith('-')),
    );
  return needsNoSources(node) || (isListing ?? false);
}

/** Directories of a build tool that are copied whole. */
const WHOLE = /^(?:\.mvn|gradle)\//;

/** One COPY for each directory. */
function copyLines(paths: readonly string[], flags: string, target: string): string[] {
  const byFolder = new Map<string, string[]>();
  for (const path of paths) {
    const slash = path.lastIndexOf('/') + 1;
    const folder = WHOLE.exec(path)?.[0] ?? path.slice(0, slash);
    byFolder.set(folder, [...(byFolder.get(folder) ?? []), WHOLE.test(folder) ? folder.slice(0, -1) : path]);
  }
  return [...byFolder].map(([folder, names]) => copyLine(flags, [...new Set(names)], `${target}${folder}` || './'));
}

function flagsOf({ text }: DockerfileModel, node: Instruction): string {
  return node.flags.map(({ span }) => `${text.slice(span.start, span.end)} `).join('');
}

/** Puts lines in the place of the sources and right before the RUN, and the sources after these or after the RUN. */
function moved(
  dockerfile: DockerfileModel,
  copy: Instruction,
  run: Instruction,
  { above, below }: { readonly above: readonly string[]; readonly below: readonly string[] },
  isBehind: boolean,
): TextEdit[] {
  const { text } = dockerfile;
  const source = text.slice(startWithComments(text, copy.span.start), copy.span.end);
  const before = startWithComments(text, run.span.start);
  const gap = /\n[ \t]*\r?\n/.test(text.slice(copy.span.end, before)) ? [''] : [];
  const added = isBehind ? below : [...below, ...gap, source, ...gap];
  return [
    { ...removeWithComments(dockerfile, copy), newText: linesOf(dockerfile, above) },
    insertion(before, linesOf(dockerfile, added)),
    ...(isBehind
      ? [insertion(run.span.end, [...gap, source].map((line) => lineEndOf(dockerfile) + line).join(''))]
      : []),
  ];
}

/** A chain that is too long to read in one line has one command a line. */
const MAX_LINE = 120;

function chainOf(dockerfile: DockerfileModel, commands: readonly string[]): string {
  const chain = commands.join(' && ');
  return chain.length > MAX_LINE ? chain.split(' && ').join(separatorLike(dockerfile)) : chain;
}
