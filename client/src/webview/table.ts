import { element } from './element';
import { createRows } from './virtualRows';

export interface Column<T> {
  readonly title: string;
  /** The width as a track size of a CSS grid. */
  readonly width: string;
  cell(row: T): Node | string;
  /** The sort key; numbers sort by value, texts by character codes. */
  key(row: T): string | number;
  /** The first click sorts the largest values first. */
  readonly isDescending?: boolean;
}

export interface Table<T> {
  readonly body: HTMLElement;
  show(rows: readonly T[]): void;
}

export interface TableOptions<T> {
  readonly label: string;
  readonly columns: readonly Column<T>[];
  /** The text that is shown when there are no rows. */
  readonly empty: string;
  activate(row: T): void;
  /** A description of the whole row. */
  describe(row: T): string;
  /** Rows of one group stand together, below a line of its own. */
  readonly groups?: Groups<T>;
}

export interface Groups<T> {
  of(row: T): string;
  /** What the line says, of all rows of the group that are shown. */
  head(rows: readonly [T, ...T[]]): readonly (Node | string)[];
}

type Line<T> = { readonly row: T } | { readonly group: readonly [T, ...T[]] };

/** A table of any length. A click on a column header sorts it; until then rows keep their order. */
export function createTable<T>({ label, columns, empty, activate, describe, groups }: TableOptions<T>): Table<T> {
  let shown: readonly T[] = [];
  let sorting: { readonly column: Column<T>; readonly isDescending: boolean } | undefined;
  const tracks = columns.map(({ width }) => width).join(' ');
  const heads = columns.map((column) => {
    const head = element('span', { role: 'columnheader' });
    const sort = element('button', { type: 'button', class: 'head' }, column.title);
    sort.addEventListener('click', () => {
      const isDescending = sorting?.column === column ? !sorting.isDescending : column.isDescending === true;
      sorting = { column, isDescending };
      update();
    });
    head.append(sort);
    return head;
  });
  const headRow = element('div', { role: 'row', class: 'heads' }, ...heads);
  headRow.style.gridTemplateColumns = tracks;
  const none = element('p', { class: 'empty' }, empty);
  const body = element(
    'div',
    { role: 'grid', class: 'grid', 'aria-label': label },
    element('div', { role: 'rowgroup' }, headRow),
  );
  const rows = createRows<Line<T>>({
    owner: body,
    attributes: { role: 'rowgroup' },
    render(line, index) {
      if ('group' in line) {
        const head = element('span', { role: 'gridcell', 'aria-colspan': columns.length, class: 'group' });
        head.append(...(groups?.head(line.group) ?? []));
        return element('div', { role: 'row', 'aria-rowindex': index + 2 }, head);
      }
      const { row } = line;
      const cells = columns.map(({ cell }) => element('span', { role: 'gridcell' }, cell(row)));
      const made = element('div', { role: 'row', 'aria-rowindex': index + 2, 'aria-label': describe(row) }, ...cells);
      made.style.gridTemplateColumns = tracks;
      made.title = describe(row);
      return made;
    },
    activate: (line) => activate('group' in line ? line.group[0] : line.row),
  });
  body.append(rows.scroller, none);

  const update = (): void => {
    for (const [index, head] of heads.entries()) {
      const isSorted = sorting !== undefined && columns[index] === sorting.column;
      head.ariaSort = isSorted ? (sorting?.isDescending ? 'descending' : 'ascending') : 'none';
    }
    const lines = grouped(sorting ? sorted(shown, sorting.column, sorting.isDescending) : shown, groups);
    body.ariaRowCount = String(lines.length + 1);
    none.hidden = shown.length > 0;
    rows.set(lines);
  };
  return {
    body,
    show(next) {
      shown = next;
      update();
    },
  };
}

/** The groups in the order of their first rows. */
function grouped<T>(rows: readonly T[], groups: Groups<T> | undefined): Line<T>[] {
  if (!groups) return rows.map((row) => ({ row }));
  const found = new Map<string, [T, ...T[]]>();
  for (const row of rows) {
    const group = found.get(groups.of(row));
    if (group) group.push(row);
    else found.set(groups.of(row), [row]);
  }
  return [...found.values()].flatMap((group) => [{ group }, ...group.map((row) => ({ row }))]);
}

function sorted<T>(rows: readonly T[], { key }: Column<T>, isDescending: boolean): T[] {
  const direction = isDescending ? -1 : 1;
  return rows
    .map((row) => [key(row), row] as const)
    .sort(([a], [b]) => (a === b ? 0 : (a < b ? -1 : 1) * direction))
    .map(([, row]) => row);
}
