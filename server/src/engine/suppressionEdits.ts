import type { DockerfileModel, Instruction } from '../dockerfile/model';
import { insertion, type TextEdit } from '../text/edits';
import type { Span } from '../text/span';
import type { RuleNames } from './ruleNames';
import {
  readSuppressions,
  type SuppressedName,
  type Suppression,
  type SuppressionReach,
  withoutEnded,
} from './suppressions';

const KEYWORD = 'dockerfile-optimizer-ignore';

export interface IgnoreSetup {
  readonly dockerfile: DockerfileModel;
  readonly names: RuleNames;
  /** Comments that have expired by this date do not count. */
  readonly today: string | undefined;
  /** A comment of its own, for a reason of its own; otherwise the rule is added to a comment that is there. */
  readonly isSeparate: boolean;
}

/**
 * Suppresses a rule for the instruction at `offset`; undefined outside instructions and where a comment already does
 * so.
 */
export function ignoreOnInstruction(setup: IgnoreSetup, ruleId: string, offset: number): TextEdit | undefined {
  const { dockerfile } = setup;
  const instruction = dockerfile.instructions.find(({ span }) => span.start <= offset && offset <= span.end);
  if (!instruction) return undefined;
  const existing = ownComments(setup, 'instruction').filter(({ scope }) => scope.start === instruction.span.start);
  if (isCovered(existing, ruleId)) return undefined;
  if (existing.length > 0 && !setup.isSeparate) return addName(existing, ruleId);
  const start = lineStart(dockerfile.text, instruction.span.start);
  return insertLine(dockerfile, start, `${indentOf(dockerfile, instruction, start)}# ${KEYWORD} ${ruleId}`);
}

/**
 * Suppresses a rule in the whole file; undefined where a comment already does so. Parser directives stay in the first
 * lines.
 */
export function ignoreInFile(setup: IgnoreSetup, ruleId: string): TextEdit | undefined {
  const { dockerfile } = setup;
  const existing = ownComments(setup, 'file');
  if (isCovered(existing, ruleId)) return undefined;
  if (existing.length > 0 && !setup.isSeparate) return addName(existing, ruleId);
  const { text, directives } = dockerfile;
  const top = text.startsWith('\ufeff') ? 1 : 0;
  const shebangEnd = text.startsWith('#!', top) ? lineEnd(text, top) : top;
  const at = directives.reduce((end, directive) => Math.max(end, lineEnd(text, directive.span.end)), shebangEnd);
  return insertLine(dockerfile, at, `# ${KEYWORD}-file ${ruleId}`);
}

function ownComments({ dockerfile, names, today }: IgnoreSetup, reach: SuppressionReach): readonly Suppression[] {
  const own = readSuppressions(dockerfile, names).filter((one) => one.tool === 'own' && one.reach === reach);
  return withoutEnded(own, today);
}

function isCovered(existing: readonly Suppression[], ruleId: string): boolean {
  return existing.some(({ names }) => names.length === 0 || names.some((name) => name.ruleIds.includes(ruleId)));
}

function addName(existing: readonly Suppression[], ruleId: string): TextEdit | undefined {
  const last = existing.at(-1)?.names.at(-1);
  return last && insertion(last.span.end, `, ${ruleId}`);
}

/** Removes a name from a comment, or the whole comment line when none of its other names is `used`. */
export function removeSuppression(
  dockerfile: DockerfileModel,
  suppression: Suppression,
  unused: readonly SuppressedName[],
  name: SuppressedName | undefined,
): TextEdit | undefined {
  const used = suppression.names.filter((other) => !unused.includes(other));
  if (!name || used.length === 0) return removeLine(dockerfile, suppression.comment.span);
  // The dates between the names belong to one of them each.
  if (suppression.names.some(({ expiry }) => expiry)) return undefined;
  const index = suppression.names.indexOf(name);
  const next = suppression.names[index + 1];
  const previous = suppression.names[index - 1];
  if (next) return { span: { start: name.span.start, end: next.span.start }, newText: '' };
  return { span: { start: previous?.span.end ?? name.span.start, end: name.span.end }, newText: '' };
}

const DIRECTIVE = /^[ \t]*(?:#|\/\/)\s*[a-zA-Z]\w*\s*=/;

function removeLine({ text, instructions }: DockerfileModel, span: Span): TextEdit | undefined {
  const start = lineStart(text, span.start);
  const end = lineEnd(text, span.end);
  // Without the comment above it, the next line may become a parser directive.
  const isHead = start < (instructions[0]?.span.start ?? text.length);
  if (isHead && DIRECTIVE.test(text.slice(end, lineEnd(text, end)))) return undefined;
  if (end < text.length || text.endsWith('\n')) return { span: { start, end }, newText: '' };
  return { span: { start: start - (/\r?\n$/.exec(text.slice(0, start))?.[0].length ?? 0), end }, newText: '' };
}

function insertLine({ text }: DockerfileModel, at: number, line: string): TextEdit {
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const needsNewline = at > 0 && text[at - 1] !== '\n' && text[at - 1] !== '\ufeff';
  return insertion(at, `${needsNewline ? newline : ''}${line}${newline}`);
}

function indentOf({ text }: DockerfileModel, instruction: Instruction, start: number): string {
  return text.slice(start, instruction.span.start);
}

/** After a byte order mark. */
function lineStart(text: string, offset: number): number {
  const start = offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
  return start === 0 && text.startsWith('\ufeff') ? 1 : start;
}

/** The offset after the line end. */
function lineEnd(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  return newline < 0 ? text.length : newline + 1;
}
