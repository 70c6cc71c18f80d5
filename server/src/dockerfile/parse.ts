import { DockerfileParser } from 'dockerfile-ast';
import type { Span } from '../text/span';
import { parseImageReference } from './imageReference';
import { type FileScope, InstructionNode } from './instruction';
import { excessIn, excessOf } from './limits';
import { type InstructionLines, type Layout, layOut } from './mask';
import type { Comment, DockerfileModel, Instruction, ParseError, Stage, StageBase } from './model';
import { createScope, type ShellComment } from './scope';
import type { ScriptCache } from './scriptCache';

export interface ParseOptions {
  /** Shell scripts of earlier versions of the file, so that typing reparses only the RUN that changed. */
  readonly scripts?: ScriptCache;
  /** The stage to build, by name or index; the last one when undefined or not in the file. */
  readonly targetStage?: string | undefined;
  /** Values that override the defaults of ARGs. */
  readonly buildArgs?: ReadonlyMap<string, string>;
  /** Names of additional build contexts, which replace images and stages. */
  readonly contexts?: ReadonlySet<string>;
}

export const KEYWORDS: ReadonlySet<string> = new Set([
  'ADD',
  'ARG',
  'CMD',
  'COPY',
  'ENTRYPOINT',
  'ENV',
  'EXPOSE',
  'FROM',
  'HEALTHCHECK',
  'LABEL',
  'MAINTAINER',
  'ONBUILD',
  'RUN',
  'SHELL',
  'STOPSIGNAL',
  'USER',
  'VOLUME',
  'WORKDIR',
]);

/** Reads a Dockerfile like BuildKit. Never throws; what BuildKit rejects is in `errors`. */
export function parseDockerfile(text: string, options: ParseOptions = {}): DockerfileModel {
  const excess = excessOf(text);
  const layout = layOut(excess ? '' : text);
  const tooMuch = excess ?? excessIn(text, layout.instructions);
  if (tooMuch) return unread(text, tooMuch);
  const stages: MutableStage[] = [];
  const globalArgs: Instruction[] = [];
  const scope = createScope({
    text,
    escape: layout.escape,
    scripts: options.scripts,
    globalArgs,
    buildArgs: options.buildArgs ?? new Map(),
    shellComments: shellComments(layout.comments),
  });
  const instructions: InstructionNode[] = [];
  const errors: ParseError[] = [];
  for (const { keyword, keywordSpan, lines } of instructionsOf(text, layout)) {
    const node = new InstructionNode(scope, lines, keyword, keywordSpan, false);
    instructions.push(node);
    errors.push(...errorsOf(node, text));
    if (node.keyword !== 'ONBUILD') continue;
    node.trigger = triggerOf(node, scope, lines);
    if (node.trigger && !KEYWORDS.has(node.trigger.keyword)) errors.push(...errorsOf(node.trigger, text));
  }
  assignStages(instructions, stages, globalArgs, options.targetStage);
  for (const stage of stages) stage.base = baseOf(stage, stages, options.contexts);
  linkUses(stages, text);
  const first = instructions[0];
  // A misspelled FROM is one mistake, not two.
  const isMisspelled = errors.some(({ kind }) => kind === 'unknown-instruction');
  if (first && stages.length === 0 && !isMisspelled)
    errors.push({ kind: 'no-from', name: first.keyword, span: first.keywordSpan });
  return {
    text,
    escape: layout.escape,
    directives: layout.directives,
    comments: layout.comments,
    globalArgs,
    stages,
    instructions,
    errors,
    isUnread: false,
  };
}

/** The model of a file that is too large to parse. */
function unread(text: string, error: ParseError): DockerfileModel {
  const nothing = { directives: [], comments: [], globalArgs: [], stages: [], instructions: [] };
  return { text, escape: '\\', ...nothing, errors: [error], isUnread: true };
}

/** A stage while its file is being read; complete before anything else sees it. */
interface MutableStage extends Stage {
  base: StageBase;
  readonly instructions: InstructionNode[];
  readonly usedBy: Instruction[];
  isFinal: boolean;
}

/** The tree of dockerfile-ast with the spans of our own layout. Leaves out instructions that only one of them sees. */
function* instructionsOf(
  text: string,
  { masked, instructions: layout }: Layout,
): Generator<{ keyword: string; keywordSpan: Span; lines: InstructionLines }> {
  const lineStarts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lineStarts.push(at + 1);
  for (const { keyword, start, end } of keywordsIn(masked)) {
    const offset = (lineStarts[start.line] ?? 0) + start.character;
    const lines = layout.get(offset);
    if (!lines) continue;
    const keywordSpan = { start: offset, end: (lineStarts[end.line] ?? 0) + end.character };
    yield { keyword, keywordSpan, lines };
  }
}

type Position = { readonly line: number; readonly character: number };

interface Keyword {
  readonly keyword: string;
  readonly start: Position;
  readonly end: Position;
}

/** Typing changes arguments, which are not in the masked text, so most keystrokes reuse the last result. */
let last: { readonly masked: string; readonly keywords: readonly Keyword[] } | undefined;

function keywordsIn(masked: string): readonly Keyword[] {
  if (last?.masked === masked) return last.keywords;
  const keywords = DockerfileParser.parse(masked)
    .getInstructions()
    .map((instruction) => ({ keyword: instruction.getKeyword(), ...instruction.getInstructionRange() }));
  last = { masked, keywords };
  return keywords;
}

function triggerOf(node: InstructionNode, scope: FileScope, lines: InstructionLines): InstructionNode | undefined {
  const trigger = node.triggerKeyword();
  if (!trigger) return undefined;
  return new InstructionNode(scope, { ...lines, start: trigger.span.start }, trigger.keyword, trigger.span, true);
}

function errorsOf(node: InstructionNode, text: string): ParseError[] {
  if (!KEYWORDS.has(node.keyword)) {
    const { start, end } = node.keywordSpan;
    return [{ kind: 'unknown-instruction', name: text.slice(start, end), span: node.keywordSpan }];
  }
  const errors: ParseError[] = node.heredocs
    .filter((heredoc) => !heredoc.isTerminated)
    .map((heredoc) => ({ kind: 'unterminated-heredoc', name: heredoc.name, span: heredoc.opener }));
  if (node.isBare) errors.push({ kind: 'missing-argument', name: node.keyword, span: node.keywordSpan });
  return errors;
}

/** Assigns the instructions to the stages and to the global ARGs. */
function assignStages(
  instructions: readonly InstructionNode[],
  stages: MutableStage[],
  globalArgs: Instruction[],
  target: string | undefined,
): void {
  for (const node of instructions) {
    if (node.keyword === 'FROM') {
      const stage: MutableStage = {
        index: stages.length,
        ...nameOf(node),
        from: node,
        base: { kind: 'unresolved' },
        instructions: [],
        usedBy: [],
        isFinal: false,
      };
      node.stage = stage;
      stages.push(stage);
      continue;
    }
    const stage = stages.at(-1);
    if (stage) {
      stage.instructions.push(node);
      node.stage = stage;
      if (node.trigger) node.trigger.stage = stage;
    } else if (node.keyword === 'ARG') {
      globalArgs.push(node);
    }
  }
  const wanted = target?.toLowerCase();
  const isWanted = ({ name, index }: Stage) => wanted !== undefined && (wanted === name || wanted === `${index}`);
  const final = stages.find(isWanted) ?? stages.at(-1);
  if (final) final.isFinal = true;
}

/**
 * `# hadolint shell=powershell`: names the shell for the instructions below it in its stage, where SHELL does not say.
 */
function shellComments(comments: readonly Comment[]): ShellComment[] {
  return comments.flatMap(({ text, span }) => {
    const program = /^hadolint\s+shell\s*=\s*(\S+)/.exec(text)?.[1];
    return program === undefined ? [] : [{ program, span }];
  });
}

function nameOf(from: Instruction): { name?: string; nameSpan?: Span } {
  const [, as, name] = from.args;
  if (as?.value.toUpperCase() !== 'AS' || !name) return {};
  return { name: name.value.toLowerCase(), nameSpan: name.span };
}

function baseOf(stage: MutableStage, stages: readonly MutableStage[], contexts?: ReadonlySet<string>): StageBase {
  const word = stage.from.args[0];
  if (!word) return { kind: 'unresolved' };
  const text = stage.from.expand(word.text);
  if (text === undefined || text === '') return { kind: 'unresolved' };
  // A context takes precedence over a stage of the same name.
  if (contexts?.has(text)) return { kind: 'context' };
  if (text === 'scratch') return { kind: 'scratch' };
  const parent = stages.slice(0, stage.index).findLast((other) => other.name === text.toLowerCase());
  if (parent) return { kind: 'stage', stage: parent };
  const image = parseImageReference(text, word.span, word.text === text);
  return image ? { kind: 'image', image } : { kind: 'unresolved' };
}

function linkUses(stages: readonly MutableStage[], text: string): void {
  for (const stage of stages) {
    if (stage.base.kind === 'stage') stages[stage.base.stage.index]?.usedBy.push(stage.from);
    for (const node of stage.instructions) {
      for (const name of stageReferences(node.trigger ?? node, text)) {
        findStage(stages, stage, name)?.usedBy.push(node.trigger ?? node);
      }
    }
  }
}

/** Names and indexes in COPY --from= and RUN --mount=from=. */
function stageReferences(node: Instruction, text: string): string[] {
  if (node.keyword !== 'COPY' && node.keyword !== 'ADD' && node.keyword !== 'RUN') return [];
  // Reading the flags of every RUN would take most of the time.
  if (!/--(?:from|mount)\b/.test(text.slice(node.span.start, node.span.end))) return [];
  const names = node.flags.map((flag) => (flag.name === 'from' ? flag.value : flag.options.get('from')));
  return names.filter((name): name is string => name !== undefined && name !== '');
}

/** The stage that `--from=name` refers to in `within`: by name, or by the index of an earlier stage. */
export function findStage<T extends Stage>(stages: readonly T[], within: Stage, name: string): T | undefined {
  const earlier = stages.slice(0, within.index);
  return (
    earlier.findLast((stage) => stage.name === name.toLowerCase()) ?? earlier.find((_, index) => `${index}` === name)
  );
}
