import type { DocumentFormattingParams, DocumentRangeFormattingParams, TextEdit } from 'vscode-languageserver';
import { format } from '../../engine/format';
import { minimalEdits } from '../../text/edits';
import type { Analysis } from '../analyses';
import { toSpan, toTextEdit } from '../convert';
import type { FeatureContext } from '../featureContext';

export function formatting(analysis: Analysis, _: DocumentFormattingParams, { engine }: FeatureContext): TextEdit[] {
  const { text, lines } = analysis;
  return minimalEdits(text, format(engine, text)).map((edit) => toTextEdit(lines, edit));
}

/** Formats the lines of the range. */
export function rangeFormatting(
  { text, lines }: Analysis,
  { range }: DocumentRangeFormattingParams,
  { engine }: FeatureContext,
): TextEdit[] {
  const whole = toSpan(lines, {
    start: { line: range.start.line, character: 0 },
    end: { line: range.end.line, character: Number.MAX_SAFE_INTEGER },
  });
  return minimalEdits(text, format(engine, text, whole)).map((edit) => toTextEdit(lines, edit));
}
