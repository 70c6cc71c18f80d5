import { createLineIndex } from '../text/lineIndex';
import type { Span } from '../text/span';
import type { Colour } from './colour';

const MAX_WIDTH = 110;

/** The source line of a finding with its span marked below; of a span over several lines the first. */
export function codeFrame(text: string, span: Span, colour: Colour, mark: (text: string) => string): string {
  const lines = createLineIndex(text);
  const { line, character } = lines.positionAt(span.start);
  const end = lines.positionAt(span.end);
  const start = lines.offsetAt({ line, character: 0 });
  const source = (text.slice(start).split(/\r?\n|\r/, 1)[0] ?? '').replace(/^\ufeff/, ' ');
  const isLong = end.line > line;
  const stop = isLong ? source.length : end.character;
  // A long line is cut so that the mark stays in view.
  const from = character > MAX_WIDTH - 30 ? character - 30 : 0;
  const shown = source.slice(from, from + MAX_WIDTH);
  const before = shown.slice(0, character - from);
  const marked = shown.slice(character - from, Math.max(stop - from, character - from + 1));
  const number = String(line + 1);
  const gutter = ' '.repeat(number.length);
  const caret = '^'.repeat(Math.max(1, width(marked)));
  const head = from > 0 ? '…' : '';
  const tail = source.length > from + MAX_WIDTH ? '…' : '';
  return [
    `${colour.dim(`${number} │`)} ${head}${printable(shown)}${tail}`,
    `${colour.dim(`${gutter} │`)} ${' '.repeat(width(head + before))}${mark(caret)}${isLong ? colour.dim(' …') : ''}`,
  ].join('\n');
}

/** Tabs as two blanks, control characters as dots: the mark below must stand under its text. */
function printable(text: string): string {
  return (
    text
      .replace(/\t/g, '  ')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
      .replace(/[\u0000-\u001f\u007f]/g, '·')
  );
}

/** Columns on a terminal: East Asian wide characters and emoji take two. */
function width(text: string): number {
  let columns = 0;
  for (const character of printable(text))
    columns +=
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u.test(
        character,
      )
        ? 2
        : 1;
  return columns;
}
