import { absolutePath, workdirAt } from '../../app/copiedFiles';
import {
  type Cut,
  cutBefore,
  cutBehind,
  dependencyInstall,
  installsFromMount,
  needsNoSources,
} from '../../app/dependencyInstall';
import { projectInstall } from '../../app/projectInstall';
import { contextOfBuild } from '../../app/site';
import { inheritedInstructions } from '../../dockerfile/lineage';
import type { DockerfileModel, Instruction } from '../../dockerfile/model';
import type { BuildContext } from '../../engine/buildContext';
import { defineRule, type FixDraft } from '../../engine/rule';
import type { ShellCommand } from '../../shell/script';
import type { TextEdit } from '../../text/edits';
import { startWithComments } from '../shared/lines';
import { lineEndOf, separatorLike } from '../shared/runLayout';
import { copyLine } from '../shared/writtenPaths';

type MessageId = 'sourcesFirst' | 'copyFirst' | 'dependenciesFirst' | 'explain' | 'copied';

export default defineRule<MessageId>({
  meta: {
    id: 'copy-manifests-first',
    group: 'cache',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    aliases: [],
    fixable: 'unsafe',
    messages: {
      sourcesFirst: 'Every change of a source file runs `{command}` again',
      copied: 'All sources are copied here',
      copyFirst: 'Copy {manifests} and install, then copy the sources',
      dependenciesFirst: 'Copy {manifests} and install the dependencies, then copy the sources',
      explain: 'Copy the files that name the dependencies, install, then copy the sources',
    },
    docs: {
      description: 'Copy dependency manifests and install before copying the sources',
      rationale:
        'Docker takes a step from the cache when nothing before it has changed. With `COPY . .` in front of the install, every edited source file installs all dependencies again; with the manifests copied first, only a change of the manifests does.',
      fixSafety:
        'Never applied without your choice: an install may need more than its manifests (install scripts, workspaces, local packages). Not offered where the manifests show such a need, or where it is not certain that they lie beside the Dockerfile.',
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
      for (const [index, node] of stage.instructions.entries()) {
        if (installsFromMount(node)) return;
        if (!copiesContext(node)) continue;
        const before = stage.instructions.slice(0, index);
        const found = installBehind(dockerfile, node, buildContext);
        if (!found || before.some((other) => copiesManifest(other, found))) return;
        // Another list has brought the dependencies.
        if (found.isProject && before.some((other) => dependencyInstall(other) !== undefined)) return;
        report(found.command.span, 'sourcesFirst', {
          data: { command: shortText(dockerfile, found.command) },
          related: [{ messageId: 'copied', span: node.span }],
          fix: found.fix,
        });
        return;
      }
    },
  }),
});

/** `COPY . .`: the whole build context, from no other stage. */
function copiesContext(node: Instruction): boolean {
  if (node.keyword !== 'COPY' && node.keyword !== 'ADD') return false;
  if (node.flags.some((flag) => flag.name === 'from' || flag.name === 'parents')) return false;
  return node.args.length === 2 && /^\.?\/?\.?$/.test(node.args[0]?.value ?? 'none');
}

function copiesManifest(node: Instruction, { isManifest }: Found): boolean {
  if (node.keyword !== 'COPY' && node.keyword !== 'ADD') return false;
  return node.args.slice(0, -1).some((word) => isManifest(word.value.replace(/^\.\//, '')));
}

/** An install below the sources. */
interface Found {
  readonly command: ShellCommand;
  /** It installs the project, and the fix its dependencies before. */
  readonly isProject: boolean;
  readonly isManifest: (path: string) => boolean;
  readonly fix: FixDraft<MessageId>;
}

function installBehind(
  dockerfile: DockerfileModel,
  copy: Instruction,
  buildContext: BuildContext | undefined,
): Found | undefined {
  const stage = copy.stage?.instructions ?? [];
  const context = buildContext && contextOfBuild(buildContext);
  const destination = copy.expand(copy.args[1]?.text ?? '');
  const isKnown = destination !== undefined && destination !== '' && copy.form !== 'exec';
  const sources = absolutePath(destination ?? '', workdirAt(copy));
  for (const run of stage.slice(stage.indexOf(copy) + 1)) {
    if (installsFromMount(run)) return undefined;
    const place = { sources, workdir: workdirAt(run) };
    const install = dependencyInstall(run);
    const project = context && isKnown ? projectInstall(dockerfile, run, context, place) : undefined;
    const isExplained = !isKnown || (buildContext !== undefined && !context);
    const manifests = isExplained ? undefined : install?.manifestsFor(context, place);
    if (project && !manifests) {
      const cut = cutBefore(dockerfile, project.command, project.commands.join(separatorLike(dockerfile, [run])));
      const fix = fixFor(dockerfile, { copy, run, ...place }, 'dependenciesFirst', project.manifests, cut);
      return { ...project, isProject: true, fix };
    }
    if (!install) continue;
    const cut = install.isAlone ? undefined : cutBehind(dockerfile, run, install.command);
    const isPossible = manifests && (install.isAlone || cut);
    const fix = isPossible ? fixFor(dockerfile, { copy, run, ...place }, 'copyFirst', manifests, cut) : EXPLAINED;
    return { ...install, isProject: false, fix };
  }
  return undefined;
}

const EXPLAINED: FixDraft<MessageId> = { title: 'explain', safety: 'manual' };

function fixFor(
  dockerfile: DockerfileModel,
  { copy, run, sources, workdir }: { copy: Instruction; run: Instruction; sources: string; workdir: string },
  title: MessageId,
  manifests: readonly string[],
  cut: Cut | undefined,
): FixDraft<MessageId> {
  const moved = movedWith(copy, run, sources);
  if (!moved) return EXPLAINED;
  const flags = copy.flags.map((flag) => `${dockerfile.text.slice(flag.span.start, flag.span.end)} `).join('');
  const folder = sources === workdir ? '.' : sources;
  const copies = areThere(run, manifests, sources) ? [] : copiesOf(manifests, folder, flags);
  return {
    title,
    data: { manifests: manifests.join(', ') },
    safety: 'unsafe',
    edits: moveBehind(dockerfile, moved, run, copies, cut),
    isolation: copy.span.start,
  };
}

/** A stage below has copied the same files to the same place. */
function areThere({ stage }: Instruction, manifests: readonly string[], folder: string): boolean {
  const below = stage?.base.kind === 'stage' ? inheritedInstructions(stage.base.stage) : [];
  const copied = below.flatMap((node) =>
    node.keyword === 'COPY' && absolutePath(node.args.at(-1)?.value ?? '', workdirAt(node)) === folder
      ? node.args.slice(0, -1).map(({ value }) => value.replace(/^\.\//, ''))
      : [],
  );
  return manifests.every((path) => copied.includes(path));
}

/** One COPY for the files of each folder, and one for each folder. */
function copiesOf(manifests: readonly string[], destination: string, flags: string): string[] {
  const byFolder = new Map<string, string[]>();
  for (const path of manifests) {
    const folder = path.slice(0, path.lastIndexOf('/') + 1);
    byFolder.set(folder, [...(byFolder.get(folder) ?? []), path]);
  }
  return [...byFolder].map(([folder, paths]) => {
    const target = destination === '.' ? folder || './' : `${destination}/${folder}`;
    const isOneFile = folder === '' && paths.length === 1 && !paths[0]?.includes('*') && destination === '.';
    return copyLine(flags, paths, isOneFile ? '.' : target);
  });
}

/**
 * The sources and what is copied over them, to go behind the install; undefined when something between reads them, or
 * they would end up elsewhere.
 */
function movedWith(copy: Instruction, run: Instruction, sources: string): Instruction[] | undefined {
  const stage = copy.stage?.instructions ?? [];
  const moved = [copy];
  for (const node of stage.slice(stage.indexOf(copy) + 1, stage.indexOf(run))) {
    if (node.keyword === 'COPY' || node.keyword === 'ADD') {
      const destination = node.args.at(-1)?.value ?? '';
      const isFromStage = node.flags.some(({ name }) => name === 'from');
      if (!isFromStage) moved.push(node);
      else if (!destination.startsWith('/') || sources === '/' || `${destination}/`.startsWith(`${sources}/`))
        return undefined;
    } else if (node.keyword === 'WORKDIR' || node.keyword === 'ARG' || node.keyword === 'ENV') {
      // What is moved behind it must mean the same there.
      const isPlain = moved.every(({ args }) => !args.some(({ text }) => text.includes('$')));
      const isPlaced = moved.every(({ args }) => args.at(-1)?.value.startsWith('/'));
      if (!isPlain || (node.keyword === 'WORKDIR' && !isPlaced)) return undefined;
    } else if (!needsNoSources(node)) return undefined;
  }
  return moved;
}

/** The manifests right before the install, the sources, with the comments above them, right behind it. */
function moveBehind(
  dockerfile: DockerfileModel,
  moved: readonly Instruction[],
  run: Instruction,
  copies: readonly string[],
  cut: Cut | undefined,
): TextEdit[] {
  const { text } = dockerfile;
  const eol = lineEndOf(dockerfile);
  const first = copies.map((copy) => copy + eol).join('');
  const before = startWithComments(text, run.span.start);
  const copied = moved.map(({ span }) => text.slice(startWithComments(text, span.start), span.end)).join(eol);
  // A blank line that parted the two does so again.
  const isApart = /\n[ \t]*\r?\n/.test(text.slice(moved.at(-1)?.span.end, before));
  const sources = `${isApart ? eol : ''}${copied}`;
  const behind: TextEdit = cut
    ? {
        span: cut.span,
        newText: `${cut.ending}${eol}${sources}${eol}${text.slice(run.span.start, run.body.start)}${cut.settings}`,
      }
    : { span: { start: run.span.end, end: run.span.end }, newText: `${eol}${sources}` };
  const removed = moved.map(({ span }) => {
    const start = startWithComments(text, span.start);
    let end = text.indexOf('\n', span.end) + 1;
    // Blank lines on both sides would become two.
    const isAfterBlank = /(?:^|\n)[ \t]*\r?\n$/.test(text.slice(0, start));
    if (isAfterBlank) end += /^(?:[ \t]*\r?\n)*/.exec(text.slice(end, before))?.[0].length ?? 0;
    return { span: { start, end: Math.min(end, before) }, newText: '' };
  });
  const last = removed.at(-1);
  if (last?.span.end === before) return [...removed.slice(0, -1), { ...last, newText: first }, behind];
  return [...removed, { span: { start: before, end: before }, newText: first }, behind];
}

function shortText({ text }: DockerfileModel, { span }: ShellCommand): string {
  const written = text.slice(span.start, span.end).replace(/\s+/g, ' ');
  return written.length > 40 ? `${written.slice(0, 39)}…` : written;
}
