import type { BuildContext } from '../engine/buildContext';
import type { Engine } from '../engine/engine';
import { phrase, say } from '../l10n/phrase';
import { createPlan } from '../optimizer/createPlan';
import type { NewFile, PlanOptions } from '../optimizer/plan';
import { withReason } from '../optimizer/planText';
import { lineOrigins } from './lineOrigins';
import { isProgram, type Lack, line, type Program } from './starter';
import { starters } from './starters';

/** A Dockerfile for a folder that has none. */
export interface Created {
  readonly title: string;
  readonly text: string;
  /** Files next to it, such as .dockerignore. */
  readonly files: readonly NewFile[];
  readonly notes: readonly LineNote[];
  /** What is left to do by hand, and why: one sentence each. */
  readonly advice: readonly string[];
}

/** Why there are these lines. */
export interface LineNote {
  /** From 0, `end` excluded. */
  readonly start: number;
  readonly end: number;
  readonly why: string;
  /** Of a step of Optimize Dockerfile, at length. */
  readonly reason?: string;
}

/** Shows every later step that BuildKit builds the file. */
const SYNTAX = line(
  '# syntax=docker/dockerfile:1\n',
  phrase('BuildKit uses the newest version of the Dockerfile syntax'),
);

/** What can be built from the files of a folder, and projects for which nothing can be written. */
export function findPrograms(
  engine: Engine,
  context: BuildContext,
): { readonly programs: readonly Program[]; readonly lacks: readonly Lack[] } {
  const found = starters.flatMap((starter) => starter({ context, knowledge: engine.knowledge }));
  return { programs: found.filter(isProgram), lacks: found.filter((one): one is Lack => !isProgram(one)) };
}

/** The Dockerfile of a program as a beginner would write it, optimized: the same knowledge as Optimize Dockerfile. */
export function createDockerfile(engine: Engine, program: Program, options: PlanOptions): Created {
  const lines = [SYNTAX, ...program.lines];
  const before = `${lines.map(({ text }) => text).join('\n')}\n`;
  const plan = createPlan(engine, before, { ...options, isNew: true });
  // An instruction may have more than one line.
  const whys = lines.flatMap(({ text, why }) => text.split('\n').map(() => say(engine.localize, why)));
  const after = plan.after.split('\n');
  const notes: LineNote[] = [];
  for (const [at, origin] of lineOrigins(plan).entries()) {
    const step = 'step' in origin ? plan.steps[origin.step] : undefined;
    const why = 'line' in origin ? whys[origin.line] : step?.title;
    const last = notes.at(-1);
    if (why === undefined || after[at] === '') continue;
    if (last?.end === at && last.why === why) notes[notes.length - 1] = { ...last, end: at + 1 };
    else notes.push({ start: at, end: at + 1, why, ...(step && { reason: step.reason }) });
  }
  const byHand = plan.skipped.filter(({ reason }) => reason === 'manual' || reason === 'guard');
  const advice = byHand.map((step) => withReason(step, engine.localize));
  return { title: program.title, text: plan.after, files: plan.files, notes, advice };
}
