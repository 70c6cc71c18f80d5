import type { DockerfileModel, Instruction, Stage } from '../dockerfile/model';
import type { Span } from '../text/span';

/** A part of the file that rules of a scope look at separately, and whose findings are remembered. */
export interface Part {
  /** Equal only when everything that findings in it may depend on is equal. */
  readonly key: string;
  /** Including the blanks and comments on both sides. */
  readonly span: Span;
}

export interface InstructionPart extends Part {
  readonly instruction: Instruction;
}

export interface StagePart extends Part {
  /** Undefined for the part before the first FROM. */
  readonly stage: Stage | undefined;
  readonly instructions: readonly Instruction[];
}

/** A short name for a long text: the same on every call. */
export type NameOf = (text: string) => number;

/** For keys that are not used. */
const NO_NAMES: NameOf = () => 0;

/** The parts for rules with the scope `instruction`. */
export function instructionParts(dockerfile: DockerfileModel, nameOf: NameOf = NO_NAMES): readonly InstructionPart[] {
  const { text, instructions } = dockerfile;
  const frame = nameOf(frameOf(dockerfile));
  const mayNameShell = SHELL_COMMENT.test(text);
  /** What instructions after the end of each stage would inherit. */
  const ends: number[] = [];
  let inherited = frame;
  return instructions.map((instruction, index) => {
    const { stage, keyword, span } = instruction;
    const start = instructions[index - 1]?.span.end ?? 0;
    const end = instructions[index + 1]?.span.start ?? text.length;
    if (stage && keyword === 'FROM') {
      const below = stage.base.kind === 'stage' ? ends[stage.base.stage.index] : undefined;
      inherited = nameOf(`${frame} ${stage.index} ${below}`);
    }
    const key = `${inherited} ${text.slice(start, end)}`;
    const upTo = text.slice(start, span.end);
    if (INHERITED.has(keyword) || (mayNameShell && SHELL_COMMENT.test(upTo)))
      inherited = nameOf(`${inherited} ${upTo}`);
    if (stage) ends[stage.index] = inherited;
    return { key, span: { start, end }, instruction };
  });
}

/** The parts for rules with the scope `stage`. */
export function stageParts(dockerfile: DockerfileModel, nameOf: NameOf = NO_NAMES): readonly StagePart[] {
  const { text, stages, instructions } = dockerfile;
  const frame = nameOf(frameOf(dockerfile));
  const names: number[] = [];
  const first = stages[0];
  const firstIndex = first ? instructions.indexOf(first.from) : instructions.length;
  const head = instructions.slice(0, firstIndex);
  const headEnd = first?.from.span.start ?? text.length;
  const parts: StagePart[] = [
    {
      key: `${frame} ${text.slice(0, headEnd)}`,
      span: { start: 0, end: headEnd },
      stage: undefined,
      instructions: head,
    },
  ];
  let start = head.at(-1)?.span.end ?? 0;
  for (const stage of stages) {
    const all = [stage.from, ...stage.instructions];
    const end = stages[stage.index + 1]?.from.span.start ?? text.length;
    const below = stage.base.kind === 'stage' ? names[stage.base.stage.index] : undefined;
    const key = `${frame} ${stage.index} ${below} ${text.slice(start, end)}`;
    names.push(nameOf(key));
    parts.push({ key, span: { start, end }, stage, instructions: all });
    start = all.at(-1)?.span.end ?? end;
  }
  return parts;
}

/** What applies to the whole file: its stages, their bases, and how the text is parsed. */
function frameOf({ text, directives, globalArgs, stages }: DockerfileModel): string {
  const textOf = ({ span }: Instruction) => text.slice(span.start, span.end);
  return [
    text.includes('\r\n'),
    ...directives.map(({ name, value }) => `${name}=${value}`),
    ...globalArgs.map(textOf),
    ...stages.map(({ from, instructions }) => `${textOf(from)} ${instructions.length > 0}`),
  ].join('\n');
}

/** The instructions that set variables and shells. */
const INHERITED = new Set(['ARG', 'ENV', 'SHELL']);
const SHELL_COMMENT = /hadolint\s+shell/;
