import { describe, expect, it } from 'vitest';
import { buildFileTree, childrenOf, type FileNode, visibleRows } from '../../../client/src/webview/measure/fileTree';
import { instructionText } from '../../../client/src/webview/measure/layerList';
import { layOutTreemap } from '../../../client/src/webview/measure/treemapCells';
import { reportPage } from '../../../server/src/cli/formatters/reportPage';
import type { Measurement } from '../../../server/src/protocol';

type Files = Measurement['files'];

function filesOf(entries: readonly (readonly [path: string, bytes: number, state?: 0 | 1 | 2])[]): Files {
  return {
    paths: entries.map(([path]) => path),
    bytes: entries.map(([, bytes]) => bytes),
    layers: entries.map(() => 0),
    states: entries.map(([, , state = 0]) => state),
  };
}

const treeOf = (files: Files): FileNode => buildFileTree(files, () => true);
const namesOf = (node: FileNode, order?: 'size' | 'name') => childrenOf(node, order).map(({ name }) => name);

describe('the tree of files', () => {
  const files = filesOf([
    ['usr/bin/a', 10],
    ['usr/bin/b', 30, 1],
    ['usr/lib/c', 100, 2],
    ['root', 5],
  ]);

  it('adds up what lies in each folder, and what of it is wasted', () => {
    const root = treeOf(files);
    expect(root).toMatchObject({ bytes: 145, wastedBytes: 130, fileCount: 4 });
    expect(childrenOf(root)[0]).toMatchObject({ name: 'usr', path: 'usr', bytes: 140, wastedBytes: 130, fileCount: 3 });
  });

  it('holds only the files that are wanted, and no empty folders', () => {
    const root = buildFileTree(files, (index) => files.states[index] === 2);
    expect(visibleRows(root, () => true, 'size').map(({ node }) => node.path)).toEqual(['usr', 'usr/lib', 'usr/lib/c']);
  });

  it('sorts by size and by name, folders first', () => {
    const root = treeOf(
      filesOf([
        ['z/x', 1],
        ['b', 3],
        ['a', 2],
      ]),
    );
    expect(namesOf(root, 'size')).toEqual(['b', 'a', 'z']);
    expect(namesOf(root, 'name')).toEqual(['z', 'a', 'b']);
  });

  it('keeps a file and a folder of one name, and the same file of several layers', () => {
    const root = treeOf(
      filesOf([
        ['etc', 1, 1],
        ['etc/x', 2],
        ['etc/x', 2, 1],
      ]),
    );
    expect(namesOf(root)).toEqual(['etc', 'etc']);
    expect(root.fileCount).toBe(3);
  });

  it('takes names of JavaScript objects and paths of thousands of parts as they are', () => {
    const deep = `${'d/'.repeat(2000)}f`;
    const root = treeOf(
      filesOf([
        ['__proto__/constructor', 1],
        ['toString', 1],
        [deep, 1],
      ]),
    );
    expect(namesOf(root, 'name')).toEqual(['__proto__', 'd', 'toString']);
    expect(visibleRows(root, () => true, 'name')).toHaveLength(2 + 1 + 2001);
  });

  it('says of each line where it stands among its siblings', () => {
    const rows = visibleRows(treeOf(files), ({ path }) => path === 'usr', 'size');
    expect(rows.map(({ node, level, position, siblings }) => [node.name, level, position, siblings])).toEqual([
      ['usr', 1, 1, 2],
      ['lib', 2, 1, 2],
      ['bin', 2, 2, 2],
      ['root', 1, 2, 2],
    ]);
  });
});

describe('the treemap', () => {
  const many = filesOf(
    Array.from(
      { length: 3000 },
      (_, index) => [`d${index % 7}/e${index % 3}/f${index}`, 1 + (index % 97) ** 3] as const,
    ),
  );

  it('fills its area in proportion to the sizes', () => {
    const cells = layOutTreemap(
      treeOf(
        filesOf([
          ['a', 300],
          ['b', 100],
        ]),
      ),
      400,
      300,
    );
    expect(cells.map(({ label }) => label)).toEqual(['a', 'b']);
    const [a, b] = cells.map(({ width, height }) => width * height);
    expect((a ?? 0) / (b ?? 1)).toBeGreaterThan(2.8);
    expect((a ?? 0) / (b ?? 1)).toBeLessThan(3.2);
  });

  it('keeps all inside, and what does not lie in each other apart', () => {
    const leaves = layOutTreemap(treeOf(many), 500, 400).filter(({ isFrame }) => !isFrame);
    expect(leaves.length).toBeGreaterThan(50);
    expect(leaves.length).toBeLessThan(1000);
    for (const { x, y, width, height } of leaves) {
      expect(x >= 0 && y >= 0 && x + width <= 500 && y + height <= 400).toBe(true);
    }
    const overlaps = leaves.some((one, index) =>
      leaves
        .slice(index + 1)
        .some(
          (two) =>
            one.x < two.x + two.width &&
            two.x < one.x + one.width &&
            one.y < two.y + two.height &&
            two.y < one.y + one.height,
        ),
    );
    expect(overlaps).toBe(false);
  });

  it('puts together what is too small to be seen', () => {
    const cells = layOutTreemap(
      treeOf(filesOf([['big', 1e9], ...Array.from({ length: 50 }, (_, i) => [`s${i}`, 2e6] as const)])),
      400,
      300,
    );
    expect(cells.map(({ label, rest }) => [label, rest])).toEqual([
      ['big', 0],
      ['', 50],
    ]);
  });

  it('draws folders that hold nothing but the next as one', () => {
    const cells = layOutTreemap(
      treeOf(
        filesOf([
          ['usr/lib/python3/a', 50],
          ['usr/lib/python3/b', 50],
          ['x', 40],
        ]),
      ),
      400,
      300,
    );
    expect(cells[0]).toMatchObject({ label: 'usr/lib/python3', isFrame: true });
  });

  it('has nothing to draw without bytes or room', () => {
    expect(layOutTreemap(treeOf(filesOf([['a', 0]])), 400, 300)).toEqual([]);
    expect(layOutTreemap(treeOf(many), 0, 300)).toEqual([]);
  });
});

describe('the text of an instruction', () => {
  it.each([
    [
      'RUN /bin/sh -c apt-get update &&     apt-get install -y curl # buildkit',
      'RUN apt-get update && apt-get install -y curl',
    ],
    ['/bin/sh -c #(nop) ADD file:3fb in / ', 'ADD file:3fb in /'],
    ['/bin/sh -c set -eux; \tapt-get update', 'RUN set -eux; apt-get update'],
    ['COPY . /opt/app # buildkit', 'COPY . /opt/app'],
    ['', ''],
  ])('%s', (createdBy, text) => {
    expect(instructionText(createdBy)).toBe(text);
  });
});

describe('a page with its report', () => {
  it('holds the report where nothing can end it or be run', () => {
    const name = '</script><script>alert(1)</script><!--';
    const report = { kind: 'measure', name, before: {} } as unknown as Parameters<typeof reportPage>[1]['report'];
    const page = reportPage('<script type="application/json">', { language: 'en', texts: {}, report });
    const data = page.slice('<script type="application/json">'.length, page.lastIndexOf('</script>'));
    expect(data).not.toContain('<');
    expect(JSON.parse(data).report.name).toBe(name);
  });
});
