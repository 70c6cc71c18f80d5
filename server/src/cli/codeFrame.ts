import type { LineIndex } from '../text/lineIndex';
import type { Span } from '../text/span';
import type { Colour } from './colour';
import { columnsOf, printable } from './terminalText';

const MAX_WIDTH = 110;

/** The source line of a finding with its span marked below; for a span over several lines, the first line. */
export function codeFrame(
  text: string,
  lines: LineIndex,
  span: Span,
  colour: Colour,
  mark: (text: string) => string,
): string {
  const { line, character } = lines.positionAt(span.start);
  const end = lines.positionAt(span.end);
  const start = lines.offsetAt({ line, character: 0 });
  const source = text.slice(start, lines.offsetAt({ line, character: text.length }));
  const isLong = end.line > line;
  const stop = isLong ? source.length : end.character;
  // A long line is cut so that the mark stays in view.
  const from = character > MAX_WIDTH - 30 ? character - 30 : 0;
  const shown = source.slice(from, from + MAX_WIDTH);
  const before = shown.slice(0, character - from);
  const marked = shown.slice(character - from, Math.max(stop - from, character - from + 1));
  const number = String(line + 1);
  const gutter = ' '.repeat(number.length);
  const caret = '^'.repeat(Math.max(1, columnsOf(marked)));
  const head = from > 0 ? '…' : '';
  const tail = source.length > from + MAX_WIDTH ? '…' : '';
  return [
    `${colour.dim(`${number} │`)} ${head}${printable(shown)}${tail}`,
    `${colour.dim(`${gutter} │`)} ${' '.repeat(columnsOf(head + before))}${mark(caret)}${isLong ? colour.dim(' …') : ''}`,
  ].join('\n');
}
