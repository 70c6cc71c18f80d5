import { hierarchy, treemap, treemapSquarify } from 'd3-hierarchy';
import { childrenOf, type FileNode } from './fileTree';

/** A rectangle of the treemap; folders come before their content. */
export interface TreemapCell {
  readonly node: FileNode;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  /** The child of the root that contains it. */
  readonly branch: number;
  /** A frame around its content, with the name on top. */
  readonly isFrame: boolean;
  /** How many small children of `node` it stands for. */
  readonly rest: number;
  /** The name, including folders that contain only this one. */
  readonly label: string;
}

/** Smaller cells can neither be seen nor clicked. */
const MIN_AREA = 240;
const FRAME_AREA = 5000;
const MAX_DEPTH = 5;
export const LABEL_HEIGHT = 18;

interface Branch {
  readonly node: FileNode;
  readonly label: string;
  readonly bytes: number;
  readonly rest: number;
  readonly children: Branch[];
}

/** Lays out the largest items of a folder as rectangles, squarified; combines those that are too small to see. */
export function layOutTreemap(root: FileNode, width: number, height: number): TreemapCell[] {
  if (root.bytes <= 0 || width < 2 || height < 2) return [];
  const scale = (width * height) / root.bytes;
  const tree = hierarchy(prune(root, '', scale, 0)).sum(({ children, bytes }) => (children.length > 0 ? 0 : bytes));
  const laidOut = treemap<Branch>()
    .tile(treemapSquarify)
    .size([width, height])
    .paddingInner(2)
    .paddingOuter(({ depth }) => (depth === 0 ? 0 : 2))
    .paddingTop(({ depth, children }) => (depth === 0 || !children ? 0 : LABEL_HEIGHT))
    .round(true)(tree);
  const branches = new Map(laidOut.children?.map((child, index) => [child, index]));
  return laidOut.descendants().flatMap((place): TreemapCell[] => {
    if (place.depth === 0) return [];
    const [, top] = place.ancestors().toReversed();
    const { x0, y0, x1, y1, depth, data } = place;
    if (x1 - x0 < 2 || y1 - y0 < 2) return [];
    const branch = (top && branches.get(top)) ?? 0;
    const isFrame = place.children !== undefined;
    const { node, rest, label } = data;
    return [{ node, x: x0, y: y0, width: x1 - x0, height: y1 - y0, depth, branch, isFrame, rest, label }];
  });
}

function prune(start: FileNode, label: string, scale: number, depth: number): Branch {
  let node = start;
  let name = label;
  // `usr/lib/python3` if each folder contains only the next one.
  for (let only = onlyFolder(node); depth > 0 && only; only = onlyFolder(node)) {
    node = only;
    name = `${name}/${only.name}`;
  }
  const isOpened = depth === 0 || (depth < MAX_DEPTH && node.bytes * scale >= FRAME_AREA);
  const all = isOpened ? childrenOf(node).filter(({ bytes }) => bytes > 0) : [];
  const large = all.filter(({ bytes }) => bytes * scale >= MIN_AREA);
  const children = large.map((child) => prune(child, child.name, scale, depth + 1));
  const rest = all.slice(large.length);
  const restBytes = rest.reduce((sum, { bytes }) => sum + bytes, 0);
  // No item in it is large enough to be visible by itself.
  if (children.length === 0 && depth > 0) return { node, label: name, bytes: node.bytes, rest: 0, children: [] };
  if (restBytes > 0) children.push({ node, label: '', bytes: restBytes, rest: rest.length, children: [] });
  return { node, label: name, bytes: node.bytes, rest: 0, children };
}

function onlyFolder({ children }: FileNode): FileNode | undefined {
  const [only, ...others] = children ?? [];
  return only?.children && others.length === 0 ? only : undefined;
}
