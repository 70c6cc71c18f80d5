import { element } from './element';

/** The same as in the editor's own lists. */
export const ROW_HEIGHT = 24;
/** Extra rows that are drawn above and below the visible ones. */
const MARGIN = 8;

export interface RowsOptions<T> {
  /** The element with the focus, role and key handling: the list itself, or the grid around it. */
  readonly owner?: HTMLElement;
  readonly attributes: Readonly<Record<string, string>>;
  /** Renders one line, without its position. */
  render(row: T, index: number): HTMLElement;
  /** Called on Enter or a double-click. */
  activate(row: T, index: number): void;
  /** Handles keys that the list does not know; true if it did something. */
  onKey?(key: string, row: T, index: number): boolean;
  onClick?(row: T, index: number): void;
}

export interface Rows<T> {
  readonly scroller: HTMLElement;
  /** Replaces the rows; keeps the position if possible. */
  set(rows: readonly T[]): void;
  /** Makes a row active and scrolls to it. */
  goTo(index: number): void;
}

let lists = 0;

/**
 * A list of any length that draws only its visible rows. The focus stays on the list, which refers to the active row by
 * its id.
 */
export function createRows<T>(options: RowsOptions<T>): Rows<T> {
  const list = lists++;
  const canvas = element('div', { role: 'presentation', class: 'rows-canvas' });
  const scroller = element('div', { class: 'rows', ...options.attributes }, canvas);
  const owner = options.owner ?? scroller;
  owner.tabIndex = 0;
  let rows: readonly T[] = [];
  let active = 0;

  const draw = (): void => {
    const first = Math.max(0, Math.floor(scroller.scrollTop / ROW_HEIGHT) - MARGIN);
    const count = Math.ceil((scroller.clientHeight || 600) / ROW_HEIGHT) + 2 * MARGIN;
    const drawn = rows.slice(first, first + count).map((row, offset) => {
      const index = first + offset;
      const line = options.render(row, index);
      line.id = `row-${list}-${index}`;
      line.dataset['index'] = String(index);
      line.classList.add('row');
      line.style.top = `${index * ROW_HEIGHT}px`;
      line.ariaSelected = String(index === active);
      return line;
    });
    canvas.replaceChildren(...drawn);
    if (rows.length > 0) owner.setAttribute('aria-activedescendant', `row-${list}-${active}`);
    else owner.removeAttribute('aria-activedescendant');
  };
  const goTo = (index: number): void => {
    active = Math.max(0, Math.min(rows.length - 1, index));
    const top = active * ROW_HEIGHT;
    const below = top + ROW_HEIGHT - scroller.clientHeight;
    if (scroller.scrollTop > top) scroller.scrollTop = top;
    else if (scroller.scrollTop < below) scroller.scrollTop = below;
    draw();
  };
  const page = (): number => Math.max(1, Math.floor(scroller.clientHeight / ROW_HEIGHT) - 1);
  const moves: Readonly<Record<string, () => number>> = {
    ArrowDown: () => active + 1,
    ArrowUp: () => active - 1,
    PageDown: () => active + page(),
    PageUp: () => active - page(),
    Home: () => 0,
    End: () => rows.length - 1,
  };
  owner.addEventListener('keydown', (event) => {
    const row = rows[active];
    if (event.target !== owner || row === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const move = Object.hasOwn(moves, event.key) ? moves[event.key] : undefined;
    if (move) goTo(move());
    else if (event.key === 'Enter') options.activate(row, active);
    else if (!options.onKey?.(event.key, row, active)) return;
    event.preventDefault();
  });
  const indexAt = (event: Event): number | undefined => {
    const line = event.target instanceof Element ? event.target.closest<HTMLElement>('.row') : null;
    return line ? Number(line.dataset['index']) : undefined;
  };
  scroller.addEventListener('click', (event) => {
    const index = indexAt(event);
    const row = index === undefined ? undefined : rows[index];
    if (index === undefined || row === undefined) return;
    active = index;
    options.onClick?.(row, index);
    draw();
  });
  scroller.addEventListener('dblclick', (event) => {
    const index = indexAt(event);
    const row = index === undefined ? undefined : rows[index];
    if (index !== undefined && row !== undefined) options.activate(row, index);
  });
  scroller.addEventListener('scroll', draw, { passive: true });
  new ResizeObserver(draw).observe(scroller);

  return {
    scroller,
    set(next) {
      rows = next;
      active = Math.max(0, Math.min(rows.length - 1, active));
      canvas.style.height = `${rows.length * ROW_HEIGHT}px`;
      draw();
    },
    goTo,
  };
}
