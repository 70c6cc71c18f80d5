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
}

/** A table of any length. A click on a column header sorts it; until then rows keep their order. */
export function createTable<T>({ label, columns, empty, activate, describe }: TableOptions<T>): Table<T> {
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
  const rows = createRows<T>({
    owner: body,
    attributes: { role: 'rowgroup' },
    render(row, index) {
      const cells = columns.map(({ cell }) => element('span', { role: 'gridcell' }, cell(row)));
      const line = element('div', { role: 'row', 'aria-rowindex': index + 2, 'aria-label': describe(row) }, ...cells);
      line.style.gridTemplateColumns = tracks;
      line.title = describe(row);
      return line;
    },
    activate,
  });
  body.append(rows.scroller, none);

  const update = (): void => {
    for (const [index, head] of heads.entries()) {
      const isSorted = sorting !== undefined && columns[index] === sorting.column;
      head.ariaSort = isSorted ? (sorting?.isDescending ? 'descending' : 'ascending') : 'none';
    }
    body.ariaRowCount = String(shown.length + 1);
    none.hidden = shown.length > 0;
    rows.set(sorting ? sorted(shown, sorting.column, sorting.isDescending) : shown);
  };
  return {
    body,
    show(next) {
      shown = next;
      update();
    },
  };
}

function sorted<T>(rows: readonly T[], { key }: Column<T>, isDescending: boolean): T[] {
  const direction = isDescending ? -1 : 1;
  return rows
    .map((row) => [key(row), row] as const)
    .sort(([a], [b]) => (a === b ? 0 : (a < b ? -1 : 1) * direction))
    .map(([, row]) => row);
}
