/** A box to place; what it says is of no concern here. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Box extends Size {
  readonly x: number;
  readonly y: number;
}

export interface Link {
  readonly from: number;
  readonly to: number;
  /** The box of its text, drawn on its way. */
  readonly label: Size;
}

export interface Layout extends Size {
  /** By the order of the nodes. */
  readonly nodes: readonly Box[];
  /** By the order of the links: the box of the text, and the points that the line passes from top to bottom. */
  readonly links: readonly { readonly label: Box; readonly points: readonly Point[] }[];
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** What stands in a row: a node, the text of a link, or the place where a link passes the row. */
interface Item extends Size {
  readonly row: number;
  readonly near: Item[];
  /** Its middle. */
  x: number;
}

const GAP = 24;
const ROW_GAP = 26;
const MARGIN = 8;
/** As high as its row. */
const PASSING: Size = { width: 8, height: 0 };

/**
 * Places nodes in rows, each below all that it takes something from; every second row is for the texts of links. Links
 * must not form a circle.
 */
export function layOutGraph(sizes: readonly Size[], links: readonly Link[]): Layout {
  const depths = depthsOf(sizes.length, links);
  const make = (size: Size, row: number): Item => ({ ...size, row, near: [], x: 0 });
  const nodes = sizes.map((size, index) => make(size, 2 * (depths[index] ?? 0)));
  const ways = links.map(({ from, to, label }) => wayOf(nodes[from], nodes[to], label, make));
  for (const way of ways)
    for (const [at, item] of way.entries()) {
      const next = way[at + 1];
      if (next) {
        item.near.push(next);
        next.near.push(item);
      }
    }
  const rows: Item[][] = [];
  for (const item of [...nodes, ...ways.flatMap((way) => way.slice(1, -1))]) {
    const row = rows[item.row] ?? [];
    rows[item.row] = row;
    row.push(item);
  }
  for (const row of rows) if (row) spread(row, ({ x }) => x);
  // Down and up in turn: each row follows the one before it, and in the end both.
  for (let sweep = 0; sweep < 8; sweep++) {
    const isDown = sweep % 2 === 0;
    for (const row of isDown ? rows : [...rows].reverse())
      if (row) spread(row, (item) => middleOf(item.near.filter(({ row: of }) => of < item.row === isDown)) ?? item.x);
  }
  for (const row of rows) if (row) spread(row, (item) => middleOf(item.near) ?? item.x);
  return drawn(nodes, ways, rows);
}

/** How many links lead to each node at most, one after the other. */
function depthsOf(count: number, links: readonly Link[]): number[] {
  const depths = new Array<number>(count).fill(0);
  for (let round = 0; round < count; round++)
    for (const { from, to } of links) depths[to] = Math.max(depths[to] ?? 0, (depths[from] ?? 0) + 1);
  return depths;
}

/** The items of a link from its first node to its last; its text stands above the last. */
function wayOf(
  from: Item | undefined,
  to: Item | undefined,
  label: Size,
  make: (size: Size, row: number) => Item,
): Item[] {
  if (!from || !to) return [];
  const way = [from];
  for (let row = from.row + 1; row < to.row; row++) way.push(make(row === to.row - 1 ? label : PASSING, row));
  return [...way, to];
}

function middleOf(items: readonly Item[]): number | undefined {
  return items.length === 0 ? undefined : items.reduce((sum, { x }) => sum + x, 0) / items.length;
}

/** Sorts a row by the wanted places, and moves its items there as far as they do not overlap. */
function spread(row: Item[], wantedAt: (item: Item) => number): void {
  const wanted = new Map(row.map((item) => [item, wantedAt(item)]));
  const want = (item: Item) => wanted.get(item) ?? 0;
  row.sort((a, b) => want(a) - want(b));
  let end = Number.NEGATIVE_INFINITY;
  for (const item of row) {
    item.x = Math.max(want(item), end + item.width / 2);
    end = item.x + item.width / 2 + GAP;
  }
  // Pushed only to the right until here: back by the average.
  const pushed = row.reduce((sum, item) => sum + item.x - want(item), 0) / row.length;
  for (const item of row) item.x -= pushed;
}

function drawn(nodes: readonly Item[], ways: readonly (readonly Item[])[], rows: readonly Item[][]): Layout {
  const items = rows.flat();
  const left = Math.min(0, ...items.map(({ x, width }) => x - width / 2)) - MARGIN;
  const right = Math.max(0, ...items.map(({ x, width }) => x + width / 2)) + MARGIN;
  const tops: number[] = [];
  const heights: number[] = [];
  let y = MARGIN;
  for (const [index, row] of rows.entries()) {
    tops[index] = y;
    const height = Math.max(0, ...(row ?? []).map((item) => item.height));
    heights[index] = height;
    y += height + ROW_GAP;
  }
  const boxOf = ({ x, row, width, height }: Item): Box => ({
    x: x - width / 2 - left,
    y: tops[row] ?? 0,
    width,
    height: height === 0 ? (heights[row] ?? 0) : height,
  });
  return {
    width: right - left,
    height: y - ROW_GAP + MARGIN,
    nodes: nodes.map(boxOf),
    links: ways.map((way) => {
      const boxes = way.map(boxOf);
      const points = boxes.flatMap(({ x, y: top, width, height }, at) => {
        const middle = x + width / 2;
        return [
          ...(at === 0 ? [] : [{ x: middle, y: top }]),
          ...(at === way.length - 1 ? [] : [{ x: middle, y: top + height }]),
        ];
      });
      return { label: boxes.at(-2) ?? { x: 0, y: 0, width: 0, height: 0 }, points };
    }),
  };
}
