import { neededStages } from '../dockerfile/baseImages';
import { fromFlags } from '../dockerfile/fromFlags';
import type { DockerfileModel, Flag, Instruction, Stage } from '../dockerfile/model';
import { findStage } from '../dockerfile/parse';
import type { Dockerignore } from '../engine/dockerignore';
import { matchesGlob } from '../engine/glob';
import { createLineIndex } from '../text/lineIndex';
import { excludedBy, normalPath } from './copiedFiles';

/** An instruction that a build does not take from its cache. */
export interface RunAgain {
  readonly node: Instruction;
  /** False when it depends on what the stage that it copies from makes this time. */
  readonly isCertain: boolean;
}

/** Nothing, perhaps something, or certainly something is new. */
type Change = 0 | 1 | 2;

/** What a build runs again when these instructions get other files, in the stages that it needs; in source order. */
export function runsAgain(dockerfile: DockerfileModel, isChanged: (node: Instruction) => boolean): readonly RunAgain[] {
  const needed = new Set(neededStages(dockerfile));
  const changes = new Map<Stage, Change>();
  const found: RunAgain[] = [];
  for (const stage of dockerfile.stages.filter((one) => needed.has(one))) {
    const changeOf = (other: Stage | undefined): Change => (other && changes.get(other)) ?? 0;
    let below = stage.base.kind === 'stage' ? changeOf(stage.base.stage) : 0;
    for (const node of stage.instructions) {
      if (!/^(?:RUN|COPY|ADD)$/.test(node.keyword)) continue;
      // The builder compares the content of what is copied.
      const isFromNew = fromFlags(node, dockerfile.text).some(
        ({ reference }) => changeOf(findStage(dockerfile.stages, stage, reference)) > 0,
      );
      const own: Change = isChanged(node) ? 2 : isFromNew ? 1 : 0;
      const change = node.flags.some(isLink) ? own : larger(own, below);
      if (change > 0) found.push({ node, isCertain: change === 2 });
      below = larger(below, own);
    }
    changes.set(stage, below);
  }
  return found;
}

/** A layer of its own, whatever is below it. */
function isLink({ name, value }: Flag): boolean {
  return name === 'link' && value !== 'false';
}

function larger(a: Change, b: Change): Change {
  return a > b ? a : b;
}

/** True for the path of a file in the build context, as seen from it. */
export function isInContext(path: string): boolean {
  return path !== '' && !/^(?:\.\.(?:\/|$)|\/|[A-Za-z]:)/.test(path);
}

/** A step as reports show it. */
export interface StepAgain {
  /** 1-based. */
  readonly line: number;
  /** Its first line. */
  readonly instruction: string;
  readonly isCertain: boolean;
}

export function stepsAgain(dockerfile: DockerfileModel, isChanged: (node: Instruction) => boolean): StepAgain[] {
  const { text } = dockerfile;
  const lines = createLineIndex(text);
  return runsAgain(dockerfile, isChanged).map(({ node, isCertain }) => ({
    line: lines.positionAt(node.span.start).line + 1,
    instruction: firstLine(text, node),
    isCertain,
  }));
}

export function firstLine(text: string, { span }: Instruction): string {
  return text.slice(span.start, span.end).split(/\r?\n/, 1)[0] ?? '';
}

/** True when an instruction copies or mounts a path of the build context. */
export function takesPath(node: Instruction, path: string, ignore: Dockerignore | undefined): boolean {
  const wanted = normalPath(path);
  if (ignore?.isIgnored(wanted)) return false;
  const isExcluded = excludedBy(node);
  return sourcesOf(node).some((source) => {
    if (source === '') return !isExcluded(wanted);
    if (wanted.startsWith(`${source}/`)) return !isExcluded(wanted.slice(source.length + 1));
    return wanted === source || matchesFolder(wanted, source);
  });
}

/** A pattern takes a folder with all that is in it. */
function matchesFolder(path: string, pattern: string): boolean {
  if (!/[*?[]/.test(pattern)) return false;
  const top = path.split('/').slice(0, pattern.split('/').length).join('/');
  return matchesGlob(top, `/${pattern}`);
}

/** The paths of the build context that an instruction reads. */
export function sourcesOf(node: Instruction): string[] {
  if (node.keyword === 'RUN') {
    const mounts = node.flags.filter(
      ({ name, options }) => name === 'mount' && (options.get('type') ?? 'bind') === 'bind' && !options.has('from'),
    );
    return mounts.map(({ options }) => normalPath(options.get('source') ?? options.get('src') ?? ''));
  }
  if ((node.keyword !== 'COPY' && node.keyword !== 'ADD') || node.flags.some(({ name }) => name === 'from')) return [];
  return node.args.slice(0, -1).flatMap(({ text }) => {
    const source = node.expand(text);
    return source === undefined || /^(?:<<|\w+:\/\/|git@)/.test(source) ? [] : [normalPath(source)];
  });
}
