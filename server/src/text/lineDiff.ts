/** Which lines of two texts differ. */
export interface LineDiff {
  /** Including their line ends. */
  readonly beforeLines: readonly string[];
  readonly afterLines: readonly string[];
  /** In order, never adjacent: lines [start, end) on both sides; one side may be empty. */
  readonly changes: readonly LineChange[];
}

export interface LineChange {
  readonly before: LineRange;
  readonly after: LineRange;
}

export interface LineRange {
  readonly start: number;
  readonly end: number;
}

/** A text with more differences becomes one change: time and memory grow with the square of this number. */
const MAX_DIFFERENCES = 2500;

/** The fewest lines to delete and insert (Myers' greedy algorithm). */
export function diffLines(before: string, after: string): LineDiff {
  const beforeLines = splitLines(before);
  const afterLines = splitLines(after);
  const shorter = Math.min(beforeLines.length, afterLines.length);
  let head = 0;
  while (head < shorter && beforeLines[head] === afterLines[head]) head++;
  let tail = 0;
  while (tail < shorter - head && beforeLines.at(-1 - tail) === afterLines.at(-1 - tail)) tail++;
  const a = beforeLines.slice(head, beforeLines.length - tail);
  const b = afterLines.slice(head, afterLines.length - tail);
  const changes = a.length === 0 && b.length === 0 ? [] : diffMiddle(a, b);
  return { beforeLines, afterLines, changes: changes.map((change) => shiftChange(change, head)) };
}

function splitLines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function shiftChange({ before, after }: LineChange, by: number): LineChange {
  return {
    before: { start: before.start + by, end: before.end + by },
    after: { start: after.start + by, end: after.end + by },
  };
}

function diffMiddle(a: readonly string[], b: readonly string[]): LineChange[] {
  const trace = a.length === 0 || b.length === 0 ? undefined : searchPath(a, b);
  if (!trace) return [{ before: { start: 0, end: a.length }, after: { start: 0, end: b.length } }];
  return readPath(trace, a.length, b.length);
}

/**
 * The furthest x on each diagonal, with one array per difference: [-d … d] at [0 … 2d]; undefined when there are too
 * many differences.
 */
function searchPath(a: readonly string[], b: readonly string[]): Int32Array[] | undefined {
  const trace: Int32Array[] = [];
  for (let d = 0; d <= Math.min(a.length + b.length, MAX_DIFFERENCES); d++) {
    const furthest = new Int32Array(2 * d + 1);
    trace.push(furthest);
    for (let k = -d; k <= d; k += 2) {
      let x = d === 0 ? 0 : stepInto(trace[d - 1], d - 1, k).x;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++;
      furthest[k + d] = x;
      if (x >= a.length && x - k >= b.length) return trace;
    }
  }
  return undefined;
}

/** The better of the two ways to reach diagonal `k`: an insertion from above or a deletion from the left. */
function stepInto(furthest: Int32Array | undefined, d: number, k: number): { x: number; from: number } {
  const above = k + 1 <= d ? (furthest?.[k + 1 + d] ?? -1) : -1;
  const left = k - 1 >= -d ? (furthest?.[k - 1 + d] ?? -1) : -1;
  return left < above ? { x: above, from: k + 1 } : { x: left + 1, from: k - 1 };
}

function readPath(trace: readonly Int32Array[], beforeEnd: number, afterEnd: number): LineChange[] {
  const changes: LineChange[] = [];
  let k = beforeEnd - afterEnd;
  for (let d = trace.length - 1; d > 0; d--) {
    const { x, from } = stepInto(trace[d - 1], d - 1, k);
    const isDeletion = from === k - 1;
    const before = { start: isDeletion ? x - 1 : x, end: x };
    const after = { start: isDeletion ? x - k : x - k - 1, end: x - k };
    const next = changes[0];
    if (next && next.before.start === before.end && next.after.start === after.end) {
      changes[0] = {
        before: { start: before.start, end: next.before.end },
        after: { start: after.start, end: next.after.end },
      };
    } else {
      changes.unshift({ before, after });
    }
    k = from;
  }
  return changes;
}
