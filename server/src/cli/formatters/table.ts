import { columnsOf } from '../terminalText';

/** Aligned columns, numbers on the right. */
export function table(rows: readonly (readonly string[])[], isRight: readonly boolean[]): string {
  const widths = isRight.map((_, column) => Math.max(...rows.map((cells) => columnsOf(cells[column] ?? ''))));
  return rows
    .map((cells) =>
      cells
        .map((cell, column) => {
          const blanks = ' '.repeat(Math.max(0, (widths[column] ?? 0) - columnsOf(cell)));
          return isRight[column] ? blanks + cell : cell + blanks;
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
