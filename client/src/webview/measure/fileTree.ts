import type { Measurement } from '../../../../server/src/protocol';

type MeasuredFiles = Measurement['files'];
export type FileState = MeasuredFiles['states'][number];

export interface FileNode {
  readonly name: string;
  readonly path: string;
  readonly parent: FileNode | undefined;
  /** The bytes of everything in it, including files that later layers hide. */
  bytes: number;
  /** The part of these bytes that later layers replace or delete. */
  wastedBytes: number;
  fileCount: number;
  /** Undefined: a file. Unsorted, see `childrenOf`. */
  readonly children: FileNode[] | undefined;
  /** Set for a file. */
  readonly state?: FileState;
  readonly layer?: number;
}

/** The tree of an image's files, or of those that match. */
export function buildFileTree(files: MeasuredFiles, isWanted: (index: number) => boolean): FileNode {
  const root = folder('', '', undefined);
  // A map, because names such as `__proto__` are valid.
  const folders = new Map<string, FileNode>([['', root]]);
  const folderAt = (path: string): FileNode => {
    const known = folders.get(path);
    if (known) return known;
    // A loop instead of recursion, because a path may have thousands of parts.
    let node = root;
    for (let end = path.indexOf('/'); ; end = path.indexOf('/', end + 1)) {
      const part = end < 0 ? path : path.slice(0, end);
      let next = folders.get(part);
      if (!next) {
        next = folder(part.slice(part.lastIndexOf('/') + 1), part, node);
        folders.set(part, next);
        node.children?.push(next);
      }
      node = next;
      if (end < 0) return node;
    }
  };
  for (let index = 0; index < files.paths.length; index++) {
    if (!isWanted(index)) continue;
    const path = files.paths[index] ?? '';
    const slash = path.lastIndexOf('/');
    const parent = folderAt(slash < 0 ? '' : path.slice(0, slash));
    const bytes = files.bytes[index] ?? 0;
    const state = files.states[index] ?? 0;
    const wastedBytes = state === 0 ? 0 : bytes;
    const name = path.slice(slash + 1);
    const layer = files.layers[index] ?? 0;
    parent.children?.push({ name, path, parent, bytes, wastedBytes, fileCount: 1, children: undefined, state, layer });
    for (let above: FileNode | undefined = parent; above; above = above.parent) {
      above.bytes += bytes;
      above.wastedBytes += wastedBytes;
      above.fileCount++;
    }
  }
  return root;
}

function folder(name: string, path: string, parent: FileNode | undefined): FileNode {
  return { name, path, parent, bytes: 0, wastedBytes: 0, fileCount: 0, children: [] };
}

export type FileOrder = 'size' | 'name';

const sorted = new WeakMap<FileNode, FileOrder>();

/** Sorted on first use: most folders are never opened. */
export function childrenOf(node: FileNode, order: FileOrder = 'size'): readonly FileNode[] {
  if (!node.children) return [];
  if (sorted.get(node) !== order) {
    node.children.sort(
      order === 'size'
        ? (a, b) => b.bytes - a.bytes || compare(a.name, b.name)
        : (a, b) => Number(!a.children) - Number(!b.children) || compare(a.name, b.name),
    );
    sorted.set(node, order);
  }
  return node.children;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

export interface TreeRow {
  readonly node: FileNode;
  /** The depth in the tree, from 1. */
  readonly level: number;
  readonly position: number;
  readonly siblings: number;
}

/** The visible lines of the tree, from top to bottom. */
export function visibleRows(root: FileNode, isOpen: (node: FileNode) => boolean, order: FileOrder): TreeRow[] {
  const rows: TreeRow[] = [];
  const waiting: TreeRow[] = [];
  const add = (node: FileNode, level: number): void => {
    const children = childrenOf(node, order);
    for (let index = children.length - 1; index >= 0; index--) {
      const child = children[index];
      if (child) waiting.push({ node: child, level, position: index + 1, siblings: children.length });
    }
  };
  add(root, 1);
  for (let row = waiting.pop(); row; row = waiting.pop()) {
    rows.push(row);
    if (row.node.children && isOpen(row.node)) add(row.node, row.level + 1);
  }
  return rows;
}
