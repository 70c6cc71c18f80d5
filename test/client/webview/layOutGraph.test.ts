import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Box, type Link, layOutGraph } from '../../../client/src/webview/graph/layOutGraph';

const NODE = { width: 200, height: 70 };
const LABEL = { width: 90, height: 18 };
const link = (from: number, to: number): Link => ({ from, to, label: LABEL });

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

describe('the layout of a graph', () => {
  it('puts each node below those that it takes from, in the middle of them', () => {
    const { nodes } = layOutGraph([NODE, NODE, NODE], [link(0, 2), link(1, 2)]);
    const [a, b, c] = nodes;
    if (!a || !b || !c) throw new Error('three boxes');
    expect(a.y).toBe(b.y);
    expect(c.y).toBeGreaterThan(a.y + a.height);
    expect(c.x + c.width / 2).toBeCloseTo((a.x + b.x + b.width) / 2);
  });

  it('keeps boxes and texts apart and inside, whatever the links', () => {
    const graphs = fc
      .integer({ min: 1, max: 9 })
      .chain((count) =>
        fc.tuple(
          fc.constant(count),
          fc.uniqueArray(fc.tuple(fc.nat(count - 1), fc.nat(count - 1)), { maxLength: 14, selector: String }),
        ),
      );
    fc.assert(
      fc.property(graphs, ([count, pairs]) => {
        const links = pairs.filter(([from, to]) => from < to).map(([from, to]) => link(from, to));
        const { nodes, links: drawn, width, height } = layOutGraph(new Array(count).fill(NODE), links);
        const boxes = [...nodes, ...drawn.map(({ label }) => label)];
        for (const [at, box] of boxes.entries()) {
          expect(box.x >= 0 && box.y >= 0 && box.x + box.width <= width && box.y + box.height <= height).toBe(true);
          expect(boxes.slice(at + 1).some((other) => overlap(box, other))).toBe(false);
        }
        for (const { points } of drawn)
          for (const [at, { y }] of points.entries()) expect(y).toBeGreaterThanOrEqual(points[at - 1]?.y ?? 0);
      }),
      { numRuns: 300 },
    );
  });

  it('has room for hundreds of stages', () => {
    const links = Array.from({ length: 300 }, (_, at) => link(at, at + 1));
    expect(layOutGraph(new Array(301).fill(NODE), links).height).toBeGreaterThan(301 * NODE.height);
  });
});
