import { absolutePath, workdirAt } from '../../app/copiedFiles';
import { type Cut, cutBefore, cutBehind, dependencyInstall, installsFromMount } from '../../app/dependencyInstall';
import type { Place } from '../../app/manifestInstall';
import { projectInstall } from '../../app/projectInstall';
import { contextOfBuild } from '../../app/site';
import { areIndependent, type MixedCopy, mixedBefore, ownsWorkdir, sourcesBefore } from '../../app/sourceCopies';
import { lineEndOf, separatorLike } from '../../dockerfile/edits/runLayout';
import { startWithComments } from '../../dockerfile/edits/startWithComments';
import { copyLine } from '../../dockerfile/edits/writePaths';
import { inheritedInstructions } from '../../dockerfile/lineage';
import type { DockerfileModel, Instruction, Stage } from '../../dockerfile/model';
import type { BuildContext } from '../../engine/buildContext';
import { defineRule, type FixDraft } from '../../engine/rule';
import type { ShellCommand } from '../../shell/script';
import { insertion, sortEdits, type TextEdit } from '../../text/edits';
import type { Span } from '../../text/span';

type MessageId = 'sourcesFirst' | 'copyFirst' | 'dependenciesFirst' | 'explain' | 'copied';

export default defineRule<MessageId>({
  meta: {
    id: 'copy-manifests-first',
    group: 'cache',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    aliases: ['DF070'],
    fixable: 'unsafe',
    unsafeIn: 'recommended',
    phase: 'manifests',
    messages: {
      sourcesFirst: 'Every source change runs `{command}` again',
      copied: 'The sources are copied here',
      copyFirst: 'Copy {manifests} and install, then copy the sources',
      dependenciesFirst: 'Copy {manifests} and install the dependencies, then copy the sources',
      explain: 'Copy the dependency manifests, install, then copy the sources',
    },
    docs: {
      description: 'Copy dependency manifests and install dependencies before copying the sources',
      rationale:
        'Docker reuses a cached layer only if nothing above it has changed. With `COPY . .` above the install, every change to a source file reinstalls all dependencies. Copy the manifests first, and only a change to the manifests does.',
      fixSafety: {
        unsafe: 'an install may need more than its manifests (install scripts, workspaces, local packages).',
        notes: 'Not offered when the manifests show such a need, or when they may not be next to the Dockerfile.',
      },
      bad: [
        'FROM python:3.11-slim\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\n',
        'FROM node:20-slim\nWORKDIR /app\nCOPY . .\nRUN npm ci\n',
      ],
      good: [
        'FROM python:3.11-slim\nWORKDIR /app\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\nCOPY . .\n',
        'FROM node:20-slim\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\n',
        'FROM node:20-slim\nWORKDIR /app\nCOPY . .\nRUN npm run build\n',
      ],
      references: ['https://docs.docker.com/build/cache/optimize/#order-your-layers'],
    },
  },
  create: ({ dockerfile, buildContext, report }) => ({
    stage(stage) {
      const found =
        behindContext(dockerfile, stage, buildContext) ??
        behindFolders(dockerfile, stage, buildContext) ??
        behindDirectory(dockerfile, stage, buildContext) ??
        behindUnseenDirectory(dockerfile, stage, buildContext);
      if (!found) return;
      report(found.command.span, 'sourcesFirst', {
        data: { command: shortText(dockerfile, found.command) },
        related: [{ messageId: 'copied', span: found.copy.span }],
        fix: found.fix(),
      });
    },
  }),
});

/** An install after the sources are copied. */
interface Found {
  readonly command: ShellCommand;
  readonly copy: Instruction;
  /** Most installs that are found turn out to be fine. */
  readonly fix: () => FixDraft<MessageId>;
}

/** The first install after a `COPY . .`. */
function behindContext(
  dockerfile: DockerfileModel,
  { instructions }: Stage,
  buildContext: BuildContext | undefined,
): Found | undefined {
  const index = instructions.findIndex(copiesContext);
  const copy = instructions[index];
  const before = instructions.slice(0, index);
  if (!copy || before.some(installsFromMount)) return undefined;
  const found = installBehind(dockerfile, copy, buildContext);
  if (!found || before.some((other) => copiesManifest(other, found))) return undefined;
  // An earlier manifest has already installed the dependencies.
  return found.isProject && before.some((other) => dependencyInstall(other) !== undefined) ? undefined : found;
}

/**
 * The first install of a stage that comes after copies of directories that it does not read; found only if that is
 * certain.
 */
function behindFolders(
  dockerfile: DockerfileModel,
  { instructions }: Stage,
  buildContext: BuildContext | undefined,
): Found | undefined {
  const context = buildContext && contextOfBuild(buildContext);
  if (!context?.isComplete || instructions.some(copiesContext)) return undefined;
  for (const run of instructions) {
    if (run.keyword !== 'RUN') continue;
    if (installsFromMount(run)) return undefined;
    const workdir = workdirAt(run);
    const place = { sources: workdir, workdir };
    const early = earlyInstall(dockerfile, run, context, place);
    if (!early) {
      if (dependencyInstall(run)) return undefined;
      continue;
    }
    const moved = sourcesBefore(run, early.manifests, context);
    const mixed = mixedBefore(run, early.manifests, context);
    const [copy] = [...moved, ...mixed.map(({ node }) => node)];
    const isOwner = moved.some((node) => ownsWorkdir(node, instructions.slice(instructions.indexOf(node))));
    const isThere = instructions.some(
      (node) => node.span.start < run.span.start && !moved.includes(node) && copiesManifest(node, early),
    );
    if (!copy || isOwner || !isThere || !areIndependent([...moved, ...mixed.map(({ node }) => node)], run, context))
      return undefined;
    const edits = moveBehind(dockerfile, { moved, mixed, run, copies: [], cut: early.cut });
    return { command: early.command, copy, fix: () => fixOf(early, edits, copy) };
  }
  return undefined;
}

/** The first install after a COPY of the directory with its manifests, `COPY backend/ .`; found only if it can move. */
function behindDirectory(
  dockerfile: DockerfileModel,
  { instructions }: Stage,
  buildContext: BuildContext | undefined,
): Found | undefined {
  if (!buildContext || instructions.some(copiesContext) || instructions.some(installsFromMount)) return undefined;
  for (const copy of instructions) {
    const directory = directoryOf(copy, buildContext);
    const found = directory === undefined ? undefined : installBehind(dockerfile, copy, buildContext, directory);
    if (!found || found.fix().safety === 'manual') continue;
    const before = instructions.filter(({ span }) => span.start < found.command.span.start);
    if (!before.some((other) => copiesManifest(other, found))) return found;
  }
  return undefined;
}

/**
 * The first install in a directory that one COPY fills, `COPY backend /app`, that the build context does not have:
 * all sources come with it if no COPY follows.
 */
function behindUnseenDirectory(
  dockerfile: DockerfileModel,
  { instructions }: Stage,
  buildContext: BuildContext | undefined,
): Found | undefined {
  const [copy, ...others] = instructions.filter((node) => isCopy(node) && !isFromStage(node));
  const source = copy?.args.length === 2 ? copy.args[0] : undefined;
  if (!copy || others.length > 0 || !source?.isStatic || /[*?.]|require|deps|dependenc/i.test(source.value))
    return undefined;
  if (buildContext && directoryOf(copy, buildContext) !== undefined) return undefined;
  const found = installBehind(dockerfile, copy, undefined);
  const isThere = found && absolutePath(copy.args[1]?.value ?? '', workdirAt(copy)) === workdirAt(found.run);
  return isThere ? { ...found, fix: () => ({ title: 'explain', safety: 'manual' }) } : undefined;
}

/** The only source of a COPY if it is a directory of the context. */
function directoryOf(node: Instruction, { files }: BuildContext): string | undefined {
  if (!isCopy(node) || node.flags.some(({ name }) => name === 'from' || name === 'parents')) return undefined;
  const [source, target, ...others] = node.args;
  const path = (source?.isStatic ? source.value : '').replace(/^\.?\/+/, '').replace(/\/$/, '');
  const isDirectory = [...files.keys()].some((file) => file.startsWith(`${path}/`));
  return target && others.length === 0 && path !== '' && isDirectory ? path : undefined;
}

/** A directory of the context as if it were the whole. */
function contextIn(context: BuildContext, directory: string): BuildContext {
  const within = (path: string) => (path.startsWith(`${directory}/`) ? [path.slice(directory.length + 1)] : []);
  const unlisted = context.unlisted.includes('') ? [''] : context.unlisted.flatMap(within);
  return {
    files: new Map([...context.files].flatMap(([path, file]) => within(path).map((own) => [own, file] as const))),
    read: (path) => context.read(`${directory}/${path}`),
    unlisted,
    isComplete: unlisted.length === 0,
  };
}

/** `COPY . .`: the whole build context, not from another stage. */
function copiesContext(node: Instruction): boolean {
  if (!isCopy(node) || isFromStage(node) || node.flags.some(({ name }) => name === 'parents')) return false;
  return node.args.length === 2 && /^\.?\/?\.?$/.test(node.args[0]?.value ?? 'none');
}

function isCopy({ keyword }: Instruction): boolean {
  return keyword === 'COPY' || keyword === 'ADD';
}

function isFromStage({ flags }: Instruction): boolean {
  return flags.some(({ name }) => name === 'from');
}

function copiesManifest(node: Instruction, { isManifest }: Pick<EarlyInstall, 'isManifest'>): boolean {
  if (!isCopy(node)) return false;
  return node.args.slice(0, -1).some((word) => isManifest(word.value.replace(/^\.\//, '')));
}

/** How to run an install, or install a project's dependencies, before the sources are copied. */
interface EarlyInstall {
  readonly command: ShellCommand;
  readonly isManifest: (path: string) => boolean;
  readonly title: MessageId;
  readonly manifests: readonly string[];
  readonly cut: Cut | undefined;
}

/** Undefined if that is not certain. */
function earlyInstall(
  dockerfile: DockerfileModel,
  run: Instruction,
  context: BuildContext | undefined,
  place: Place,
): EarlyInstall | undefined {
  const install = dependencyInstall(run);
  const manifests = install?.manifestsFor(context, place);
  if (install && manifests) {
    const cut = install.isAlone ? undefined : cutBehind(dockerfile, run, install.command);
    return install.isAlone || cut ? { ...install, title: 'copyFirst', manifests, cut } : undefined;
  }
  const project = context && projectInstall(dockerfile, run, context, place);
  if (!project) return undefined;
  const cut = cutBefore(dockerfile, project.command, project.commands.join(separatorLike(dockerfile, [run])));
  return { ...project, title: 'dependenciesFirst', cut };
}

function installBehind(
  dockerfile: DockerfileModel,
  copy: Instruction,
  buildContext: BuildContext | undefined,
  directory?: string,
):
  | (Found & { readonly run: Instruction; readonly isProject: boolean; readonly isManifest: (path: string) => boolean })
  | undefined {
  const stage = copy.stage?.instructions ?? [];
  const context = buildContext && contextOfBuild(buildContext);
  const destination = copy.expand(copy.args[1]?.text ?? '');
  const isKnown =
    destination !== undefined && destination !== '' && copy.form !== 'exec' && (!buildContext || context !== undefined);
  const sources = absolutePath(destination ?? '', workdirAt(copy));
  const own = context && directory !== undefined ? contextIn(context, directory) : context;
  for (const run of stage.slice(stage.indexOf(copy) + 1)) {
    if (installsFromMount(run)) return undefined;
    const plain = dependencyInstall(run);
    // Only the build context says whether another RUN installs a project.
    if (!plain && !context) continue;
    const place = { sources, workdir: workdirAt(run) };
    const found = isKnown ? earlyInstall(dockerfile, run, own, place) : undefined;
    const early =
      found && directory !== undefined ? { ...found, manifests: inside(directory, found.manifests) } : found;
    const install = early ?? plain;
    if (!install) continue;
    const isProject = early?.title === 'dependenciesFirst';
    const fix = () => fixFor(dockerfile, copy, run, early, place, context, directory);
    return { ...install, run, copy, isProject, fix };
  }
  return undefined;
}

function fixFor(
  dockerfile: DockerfileModel,
  copy: Instruction,
  run: Instruction,
  early: EarlyInstall | undefined,
  { sources, workdir }: Place,
  context: BuildContext | undefined,
  directory = '',
): FixDraft<MessageId> {
  const between = copy.stage?.instructions.filter(
    ({ span }) => span.start > copy.span.start && span.start < run.span.start,
  );
  // Files that are copied over the sources move with them.
  const moved = [copy, ...(between ?? []).filter((node) => isCopy(node) && !isFromStage(node))];
  if (!early) return { title: 'explain', safety: 'manual' };
  const data = { manifests: early.manifests.join(', ') };
  if (!areIndependent(moved, run, context)) return { title: early.title, data, safety: 'manual' };
  const flags = copy.flags.map((flag) => `${dockerfile.text.slice(flag.span.start, flag.span.end)} `).join('');
  // The first manifest creates the directory in place of the sources.
  const isOwner = ownsWorkdir(copy, between ?? []);
  const folder = sources === workdir && !isOwner ? '.' : sources;
  const copies = areThere(run, early.manifests, sources) ? [] : copiesOf(early.manifests, folder, flags, directory);
  return fixOf(early, moveBehind(dockerfile, { moved, mixed: [], run, copies, isOwner, cut: early.cut }), copy);
}

function fixOf({ title, manifests }: EarlyInstall, edits: TextEdit[], copy: Instruction): FixDraft<MessageId> {
  return {
    title,
    data: { manifests: manifests.join(', ') },
    safety: 'unsafe',
    edits,
    isolation: copy.span.start,
  };
}

/** True if a parent stage has copied the same files to the same place. */
function areThere({ stage }: Instruction, manifests: readonly string[], folder: string): boolean {
  const below = stage?.base.kind === 'stage' ? inheritedInstructions(stage.base.stage) : [];
  const copied = below.flatMap((node) =>
    node.keyword === 'COPY' && absolutePath(node.args.at(-1)?.value ?? '', workdirAt(node)) === folder
      ? node.args.slice(0, -1).map(({ value }) => value.replace(/^\.\//, ''))
      : [],
  );
  return manifests.every((path) => copied.includes(path));
}

function inside(directory: string, paths: readonly string[]): string[] {
  return paths.map((path) => `${directory}/${path}`);
}

/** One COPY for each directory with the files in it; `root` is the one that lies in the destination. */
function copiesOf(manifests: readonly string[], destination: string, flags: string, root: string): string[] {
  const byFolder = new Map<string, string[]>();
  for (const path of manifests) {
    const folder = path.slice(root === '' ? 0 : root.length + 1, path.lastIndexOf('/') + 1);
    byFolder.set(folder, [...(byFolder.get(folder) ?? []), path]);
  }
  return [...byFolder].map(([folder, paths]) => {
    const target = destination === '.' ? folder || './' : `${destination}/${folder}`;
    const isOneFile = folder === '' && paths.length === 1 && !paths[0]?.includes('*') && destination === '.';
    return copyLine(flags, paths, isOneFile ? '.' : target);
  });
}

interface Move {
  readonly moved: readonly Instruction[];
  readonly mixed: readonly MixedCopy[];
  readonly run: Instruction;
  /** COPYs of the manifests. */
  readonly copies: readonly string[];
  /** They stand in place of the sources. */
  readonly isOwner?: boolean;
  readonly cut: Cut | undefined;
}

/** Puts the manifests before the install, and the sources with their comments right after it. */
function moveBehind(dockerfile: DockerfileModel, { moved, mixed, run, copies, isOwner, cut }: Move): TextEdit[] {
  const { text } = dockerfile;
  const eol = lineEndOf(dockerfile);
  const manifests = copies.map((copy) => copy + eol).join('');
  const [above, first] = isOwner ? [manifests, ''] : ['', manifests];
  const before = startWithComments(text, run.span.start);
  // Keep the blank lines between them.
  const isBlankAbove = (end: number | undefined, start: number) => /\n[ \t]*\r?\n/.test(text.slice(end, start));
  const whole = moved.map(({ span }, index) => {
    const start = startWithComments(text, span.start);
    const gap = index > 0 && isBlankAbove(moved[index - 1]?.span.end, start) ? eol : '';
    return gap + text.slice(start, span.end);
  });
  const copied = [...whole, ...mixed.map((one) => restOf(text, one))].join(eol);
  const isApart = isBlankAbove((moved.at(-1) ?? mixed.at(-1)?.node)?.span.end, before);
  const sources = `${isApart ? eol : ''}${copied}`;
  const [blanks = ''] = /^[ \t]*/.exec(text.slice(run.span.end)) ?? [];
  const behind: TextEdit = cut
    ? {
        span: cut.span,
        newText: `${cut.ending}${eol}${sources}${eol}${text.slice(run.span.start, run.body.start)}${cut.settings}`,
      }
    : { span: { start: run.span.end, end: run.span.end + blanks.length }, newText: `${eol}${sources}` };
  const removed = moved.map(({ span }, index) => {
    const start = startWithComments(text, span.start);
    let end = text.indexOf('\n', span.end) + 1;
    // Otherwise two blank lines would remain.
    const isAfterBlank = /(?:^|\n)[ \t]*\r?\n$/.test(text.slice(0, start));
    if (isAfterBlank) end += /^(?:[ \t]*\r?\n)*/.exec(text.slice(end, before))?.[0].length ?? 0;
    return { span: { start, end: Math.min(end, before) }, newText: index === 0 ? above : '' };
  });
  const left = mixed.flatMap(({ sources }) => sources.map(({ span }) => ({ span: withGap(text, span), newText: '' })));
  const last = removed.at(-1);
  if (last?.span.end === before)
    return sortEdits([...left, ...removed.slice(0, -1), { ...last, newText: last.newText + first }, behind]);
  return sortEdits([...left, ...removed, insertion(before, first), behind].filter(isChange));
}

function isChange({ span, newText }: TextEdit): boolean {
  return span.start !== span.end || newText !== '';
}

/** The sources of a COPY that also takes manifests, as a COPY of their own. */
function restOf(text: string, { node, sources }: MixedCopy): string {
  const flags = node.flags.map(({ span }) => `${text.slice(span.start, span.end)} `).join('');
  return copyLine(
    flags,
    sources.map(({ value }) => value),
    node.args.at(-1)?.value ?? '.',
  );
}

/** A word with the blanks and the line break behind it. */
function withGap(text: string, { start, end }: Span): Span {
  const gap = /^[ \t]*(?:\\[ \t]*\r?\n[ \t]*)?/.exec(text.slice(end))?.[0].length ?? 0;
  return { start, end: end + gap };
}

/** The command as a shell has it, also for `RUN ["dotnet", "restore"]`. */
function shortText({ text }: DockerfileModel, { span, words }: ShellCommand): string {
  const isExec = text[span.start - 1] === '"' || text[span.start] === '"';
  const written = words.map((word) => (isExec ? word.value : text.slice(word.span.start, word.span.end))).join(' ');
  return written.length > 40 ? `${written.slice(0, 39)}…` : written;
}
