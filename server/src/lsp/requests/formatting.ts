import type {
  DocumentFormattingParams,
  DocumentOnTypeFormattingParams,
  DocumentRangeFormattingParams,
  FormattingOptions,
  TextEdit,
} from 'vscode-languageserver';
import type { Instruction } from '../../dockerfile/model';
import { type FormatOptions, format } from '../../engine/format';
import { minimalEdits } from '../../text/edits';
import { isAt } from '../../text/span';
import type { Analysis } from '../analyses';
import { toSpan, toTextEdit } from '../convert';
import type { FeatureContext } from '../featureContext';

export function formatting(
  analysis: Analysis,
  { options }: DocumentFormattingParams,
  context: FeatureContext,
): TextEdit[] {
  return formatted(analysis, optionsFor(analysis, options, context), context);
}

/** Formats the lines of the range. */
export function rangeFormatting(
  analysis: Analysis,
  { range, options }: DocumentRangeFormattingParams,
  context: FeatureContext,
): TextEdit[] {
  const whole = toSpan(analysis.lines, {
    start: { line: range.start.line, character: 0 },
    end: { line: range.end.line, character: Number.MAX_SAFE_INTEGER },
  });
  return formatted(analysis, { ...optionsFor(analysis, options, context), range: whole }, context);
}

function formatted({ text, lines }: Analysis, options: FormatOptions, { engine }: FeatureContext): TextEdit[] {
  return minimalEdits(text, format(engine, text, options)).map((edit) => toTextEdit(lines, edit));
}

/** What the project says comes before what the editor says. */
function optionsFor(
  { uri }: Analysis,
  { insertSpaces, tabSize }: FormattingOptions,
  context: FeatureContext,
): FormatOptions {
  return { indent: insertSpaces ? ' '.repeat(tabSize) : '\t', ...context.formatOptions(uri) };
}

/**
 * After Enter in a RUN: the new line is indented like the others, and a line that ends in an operator is continued. It
 * reads only these lines.
 */
export function onTypeFormatting(
  analysis: Analysis,
  { position, options }: DocumentOnTypeFormattingParams,
  context: FeatureContext,
): TextEdit[] {
  const { text, lines, dockerfile } = analysis;
  const end = lines.offsetAt({ line: position.line - 1, character: Number.MAX_SAFE_INTEGER });
  const start = lines.offsetAt({ line: position.line - 1, character: 0 });
  const before = text.slice(start, end).trimEnd();
  const node = dockerfile.instructions.find(({ span }) => isAt(span, start + before.length));
  if (!node || node.heredocs.length > 0 || /^\s*#/.test(before)) return [];
  const isContinued = before.endsWith(dockerfile.escape);
  if (!isContinued && !awaitsCommand(node, before)) return [];
  const blanks = /^[ \t]*/;
  const [own = ''] = blanks.exec(before) ?? [];
  const isFirst = node.span.start >= start;
  const [now = ''] = blanks.exec(text.slice(lines.offsetAt({ line: position.line, character: 0 }))) ?? [];
  const { indent = '' } = optionsFor(analysis, options, context);
  const wanted = isFirst ? own + indent : own;
  const edits: TextEdit[] = [];
  if (!isContinued) {
    const at = { line: position.line - 1, character: before.length };
    const to = { line: position.line - 1, character: end - start };
    edits.push({ range: { start: at, end: to }, newText: ` ${dockerfile.escape}` });
  }
  if (now !== wanted)
    edits.push({
      range: {
        start: { line: position.line, character: 0 },
        end: { line: position.line, character: now.length },
      },
      newText: wanted,
    });
  return edits;
}

/** An operator at the end of a line has its command on the next. */
function awaitsCommand({ keyword, form }: Instruction, line: string): boolean {
  return keyword === 'RUN' && form === 'shell' && /(?:&&|\|\|?)$/.test(line);
}
