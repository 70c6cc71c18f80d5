import { copiedBy, normalPath, workdirAt } from '../../app/copiedFiles';
import { needsNoSources } from '../../app/dependencyInstall';
import { contextOfBuild } from '../../app/site';
import { ownsWorkdir } from '../../app/sourceCopies';
import { removeWithComments } from '../../dockerfile/edits/removeWithComments';
import { withoutWord } from '../../dockerfile/edits/removeWord';
import { lineEndOf, removeFromChain, separatorLike } from '../../dockerfile/edits/runLayout';
import { startWithComments } from '../../dockerfile/edits/startWithComments';
import { copyLine } from '../../dockerfile/edits/writePaths';
import { finalStage, inheritedInstructions, lineage } from '../../dockerfile/lineage';
import type { DockerfileModel, Instruction, Stage } from '../../dockerfile/model';
import { mentionsVariable } from '../../dockerfile/variables';
import type { BuildContext } from '../../engine/buildContext';
import { phrase } from '../../l10n/phrase';
import type { ShellCommand } from '../../shell/script';
import { insertion, type TextEdit } from '../../text/edits';
import type { Word } from '../../text/word';
import { cargo } from '../resolve/cargo';
import { dotnet } from '../resolve/dotnet';
import { goModules } from '../resolve/goModules';
import { gradle } from '../resolve/gradle';
import { leiningen } from '../resolve/leiningen';
import { maven } from '../resolve/maven';
import type { Resolution, Resolver } from '../resolve/resolver';
import { sbt } from '../resolve/sbt';
import { isGuard, type Proposal, type Refusal, refuse, type Transform, type TransformSite } from '../transform';
import { isKeptInMount } from './cacheMounts';

const RESOLVERS: readonly Resolver[] = [maven, gradle, sbt, leiningen, goModules, cargo, dotnet];

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
  // The author's own placeholders.
  if (earlier.some(({ keyword, bodyText }) => keyword === 'RUN' && /\bsrc\/(?:main|lib)\.rs\b/.test(bodyText)))
    return undefined;
  const project = projectOf(found, stage, context);
  const resolution = project && resolver.resolve(command, project.context);
  if (!resolution) return undefined;
  const title = phrase('Download the dependencies with {tool} before copying the sources', { tool: resolver.tool });
  if (isGuard(resolution)) return { title, ...resolution };
  if (isFinal && resolution.script !== undefined && !resolver.isExact)
    return { title, ...refuse('the download contains more than the build uses, and this stage is the final image') };
  const edits = rearranged(dockerfile, stage, found, resolution, project);
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

/** What the COPYs above a build put into the directory of its project. */
interface Project {
  readonly folder: string;
  /** The COPYs with the paths of their files in the directory; a file next to it has its path in the image. */
  readonly copies: ReadonlyMap<Instruction, readonly string[]>;
  /** The files by their paths in the directory. */
  readonly context: BuildContext;
  /** The same files: their paths in the build context. */
  readonly paths: ReadonlyMap<string, string>;
}

/** Undefined if a COPY cannot be followed, or if one copies into the directory and next to it. */
function projectOf(
  { run, command, resolver }: Call,
  { instructions }: Stage,
  context: BuildContext,
): Project | undefined {
  const folder = resolver.folderOf?.(command) ?? workdirAt(run);
  const inside = folder === '/' ? '/' : `${folder}/`;
  const isInside = (target: string) => target.startsWith(inside);
  const present = new Map<string, string>();
  const copies = new Map<Instruction, string[]>();
  for (const node of instructions) {
    if (!/^(?:COPY|ADD)$/.test(node.keyword) || node.span.start > run.span.start) continue;
    if (node.flags.some(({ name }) => name === 'from')) continue;
    const copied = copiedBy(node, context, present);
    const targets = [...(copied?.keys() ?? [])];
    if (!copied || (targets.some(isInside) && !targets.every(isInside))) return undefined;
    for (const [target, path] of copied) present.set(target, path);
    copies.set(
      node,
      targets.map((target) => (isInside(target) ? target.slice(inside.length) : target)),
    );
  }
  const paths = new Map(
    [...present].flatMap(([target, path]) => (isInside(target) ? [[target.slice(inside.length), path]] : [])),
  );
  const files = new Map(
    [...paths].flatMap(([file, path]) => {
      const known = context.files.get(path);
      return known ? [[file, known]] : [];
    }),
  );
  return { folder, copies, context: { ...context, files, read: (file) => context.read(paths.get(file) ?? '') }, paths };
}

/** Files that seldom change, such as projects that this build does not need. */
const DESCRIBES_BUILD =
  /(?:^|\/)(?:[^/]+\.(?:\w{1,9}proj|slnx?|props|targets)|\.editorconfig|pom\.xml|[^/]+\.gradle(?:\.kts)?|Cargo\.\w+|go\.\w+)$/;

/**
 * The manifests and the download first, then the sources; undefined if instructions in between may need the sources.
 */
function rearranged(
  dockerfile: DockerfileModel,
  { instructions }: Stage,
  { run, command, prepared }: Call,
  { manifests: needed, settings = [], script: own, option }: Resolution,
  { folder, copies, paths }: Project,
): TextEdit[] | undefined {
  const manifests = new Set([...needed, ...settings]);
  const isSource = (file: string) => !manifests.has(file) && !DESCRIBES_BUILD.test(file);
  const sources = [...copies].flatMap(([copy, files]) => (files.some(isSource) ? [copy] : []));
  const [first] = sources;
  // `dotnet restore && dotnet publish`: only the first of them needs no sources.
  const isFollowed = own === undefined && run.script?.commands.at(-1) !== command;
  const cut = isFollowed ? removeFromChain(dockerfile, run, command) : undefined;
  if (isFollowed && !cut) return undefined;
  const script = isFollowed ? textOf(dockerfile)(command) : own;
  if (!first || needed.some((file) => !paths.has(file))) return undefined;
  const early = new Set([...copies].flatMap(([copy, files]) => (copy.span.start < first.span.start ? files : [])));
  const missing = [...manifests].filter((file) => paths.has(file) && !early.has(file));
  const between = instructions.filter(
    (node) => node.span.start > first.span.start && node.span.start < run.span.start && !copies.has(node),
  );
  const flags = flagsOf(dockerfile, first);
  const workdir = workdirAt(run);
  const lines = copyLines(missing, paths, flags, folder === workdir ? '' : `${folder}/`);
  if (!lines) return undefined;
  const preparing = between.filter((node) => node.script?.commands.every(preparesWrapper));
  const before = [...preparing.flatMap((node) => node.script?.commands ?? []), ...prepared].map(textOf(dockerfile));
  if (script !== undefined) lines.push(`RUN ${flagsOf(dockerfile, run)}${chainOf(dockerfile, [...before, script])}`);
  const options = [...(option === undefined ? [] : [insertion(command.span.end, ` ${option}`)]), ...(cut ? [cut] : [])];
  const isOnlyCopy = [...copies.keys()].at(-1) === first;
  if (isOnlyCopy) {
    const isFixed = first.args.at(-1)?.value.startsWith('/') ?? false;
    // A COPY takes the wrapper's mode from the build context again, so the RUN that sets it stays behind the sources.
    if (preparing.length > 0)
      return script !== undefined && between.every((node) => preparing.includes(node) || INERT.has(node.keyword))
        ? [insertion(startWithComments(dockerfile.text, first.span.start), linesOf(dockerfile, lines)), ...options]
        : undefined;
    if (!between.every((node) => canComeFirst(node) || (node.keyword === 'WORKDIR' && isFixed))) return undefined;
    // The first manifest creates the directory in place of the sources.
    const above = ownsWorkdir(first, between) ? (copyLines(missing, paths, flags, `${workdir}/`) ?? []) : [];
    const below = above.length > 0 ? lines.slice(above.length) : lines;
    return [...moved(dockerfile, first, run, { above, below }, script === undefined), ...options];
  }
  const spare = [...copies].flatMap(([copy, files]) =>
    copy.span.start > first.span.start && files.every((file) => manifests.has(file)) ? [copy] : [],
  );
  const named = new Set([...manifests].map((file) => paths.get(file) ?? ''));
  const start = startWithComments(dockerfile.text, run.span.start);
  if (script === undefined) lines.push(dockerfile.text.slice(start, run.span.end));
  const isSet = ({ name }: { readonly name: string }) =>
    OF_TOOLS.test(name) || lines.some((line) => mentionsVariable(line, name));
  if (!between.every(({ keyword, pairs }) => INERT.has(keyword) && !pairs.some(isSet))) return undefined;
  return [
    insertion(startWithComments(dockerfile.text, first.span.start), linesOf(dockerfile, lines)),
    ...sources.flatMap((node) => wordsOf(node, named)).map((word) => withoutWord(dockerfile, word.span)),
    ...spare.map((node) => removeWithComments(dockerfile, node)),
    ...(script === undefined ? [removeWithComments(dockerfile, run)] : options),
  ];
}

/** The manifests among the files that a COPY of several files names; none if nothing else would be left. */
function wordsOf({ form, args }: Instruction, paths: ReadonlySet<string>): Word[] {
  const sources = args.slice(0, -1);
  const named = form === 'exec' ? [] : sources.filter(({ value }) => paths.has(normalPath(value)));
  return /\/$|^\.$/.test(args.at(-1)?.value ?? '') && named.length < sources.length ? named : [];
}

function linesOf(dockerfile: DockerfileModel, lines: readonly string[]): string {
  return lines.map((line) => line + lineEndOf(dockerfile)).join('');
}

function textOf({ text }: DockerfileModel): (command: ShellCommand) => string {
  return ({ span }) => text.slice(span.start, span.end);
}

/** Variables that a download may read without naming them. */
const OF_TOOLS = /^(?:PATH|HOME|(?:GO|CARGO|RUST|MAVEN|MVN|GRADLE|JAVA|JVM|SBT|LEIN|NUGET|DOTNET|HTTPS?_|NO_)[A-Z_]*)$/;

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
function copyLines(
  files: readonly string[],
  paths: ReadonlyMap<string, string>,
  flags: string,
  target: string,
): string[] | undefined {
  const byFolder = new Map<string, string[]>();
  for (const file of files) {
    const path = paths.get(file) ?? '';
    const whole = WHOLE.exec(file)?.[0];
    const folder = whole ?? file.slice(0, file.lastIndexOf('/') + 1);
    // A file that gets another name in the image.
    if (!path.endsWith(file.slice(whole === undefined ? folder.length : 0))) return undefined;
    const source = whole === undefined ? path : path.slice(0, path.length - file.length + whole.length - 1);
    byFolder.set(folder, [...(byFolder.get(folder) ?? []), source]);
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
