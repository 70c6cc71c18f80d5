import type { Duplicate, LeftCache, MeasuredFiles, MeasuredLayer } from '../../reports/measurement';
import { type EntryRange, KIND, type LayerFiles } from './layerFiles';
import { createCacheFolders } from './leftCaches';

/** The facts about a layer that only its files determine. */
export type LayerFigures = Pick<
  MeasuredLayer,
  'bytes' | 'overwrittenBytes' | 'deletedBytes' | 'wastedBytes' | 'fileCount' | 'caches'
>;

export interface StackedLayers {
  readonly layers: readonly LayerFigures[];
  readonly files: MeasuredFiles;
  readonly duplicates: readonly Duplicate[];
}

/** More would be too large for one message. */
const MAX_LISTED = 100_000;
const MAX_DUPLICATES = 100;

const REPLACED = 1;
const DELETED = 2;

/** Stacks layers as an engine does, and counts what happens to their files. */
export function stackLayers(
  files: LayerFiles,
  ranges: readonly EntryRange[],
  maxListed: number = MAX_LISTED,
): StackedLayers {
  const { paths } = files;
  const starts: number[] = [];
  let count = 0;
  for (const { start, end } of ranges) {
    starts.push(count);
    count += end - start;
  }
  // One blob can be several layers, so the arrays below are indexed by place, layer after layer, and not by entry.
  const entries = new Uint32Array(count);
  const layerAt = new Uint16Array(count);
  const states = new Uint8Array(count);
  /** The place that holds the bytes of a file: its own, or for a hard link that of its target. */
  const owners = new Uint32Array(count);
  const links = new Uint32Array(count);
  /** The place of the path's current content, from 1; 0 for nothing or a folder. */
  const live = new Uint32Array(paths.count);
  /** How many paths below this one have content. */
  const below = new Uint32Array(paths.count);
  const figures = ranges.map(() => ({ bytes: 0, overwrittenBytes: 0, deletedBytes: 0, wastedBytes: 0, fileCount: 0 }));

  const countBelow = (path: number, by: 1 | -1): void => {
    for (let at = path; at !== 0; ) {
      at = paths.parentOf(at);
      below[at] = (below[at] ?? 0) + by;
    }
  };
  /** Removes the content of a path. The bytes are wasted once the last name of a file is gone. */
  const end = (path: number, state: 1 | 2, layer: number): void => {
    const place = (live[path] ?? 0) - 1;
    live[path] = 0;
    countBelow(path, -1);
    states[place] = state;
    const owner = owners[place] ?? 0;
    links[owner] = (links[owner] ?? 0) - 1;
    if (links[owner] !== 0) return;
    const bytes = files.bytesOf(entries[owner] ?? 0);
    const [of, by] = [figures[layerAt[owner] ?? 0], figures[layer]];
    if (of) of.wastedBytes += bytes;
    if (by && state === DELETED) by.deletedBytes += bytes;
  };
  const endBelow = (folder: number, layer: number): void => {
    const open = [folder];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      for (let child = paths.firstChild(at); child !== 0; child = paths.nextSibling(child)) {
        if (live[child]) end(child, DELETED, layer);
        if (below[child]) open.push(child);
      }
    }
  };

  ranges.forEach(({ start, end: rangeEnd }, layer) => {
    // Whiteouts affect lower layers, wherever they are in the tar file.
    for (let entry = start; entry < rangeEnd; entry++) {
      const [kind, path] = [files.kindOf(entry), files.pathOf(entry)];
      if (kind !== KIND.whiteout && kind !== KIND.opaque) continue;
      if (kind === KIND.whiteout && live[path]) end(path, DELETED, layer);
      endBelow(path, layer);
    }
    const first = starts[layer] ?? 0;
    const own = figures[layer];
    for (let entry = start; own && entry < rangeEnd; entry++) {
      const place = first + entry - start;
      const [kind, path] = [files.kindOf(entry), files.pathOf(entry)];
      entries[place] = entry;
      layerAt[place] = layer;
      owners[place] = place;
      if (kind === KIND.whiteout || kind === KIND.opaque) continue;
      const before = live[path] ?? 0;
      if (kind === KIND.folder) {
        if (before) end(path, REPLACED, layer);
        continue;
      }
      own.fileCount++;
      own.bytes += files.bytesOf(entry);
      if (kind === KIND.link) {
        const target = live[files.targetOf(entry)] ?? 0;
        if (target) owners[place] = owners[target - 1] ?? place;
      }
      const owner = owners[place] ?? place;
      links[owner] = (links[owner] ?? 0) + 1;
      if (before) {
        if (layerAt[before - 1] !== layer) own.overwrittenBytes += files.bytesOf(entry);
        end(path, REPLACED, layer);
      }
      endBelow(path, layer);
      live[path] = place + 1;
      countBelow(path, 1);
    }
  });

  const bytes = new Float64Array(count);
  const listed: number[] = [];
  for (let place = 0; place < count; place++) {
    const kind = files.kindOf(entries[place] ?? 0);
    if (kind > KIND.other) continue;
    listed.push(place);
    bytes[place] = files.bytesOf(entries[place] ?? 0);
  }
  // If a file's first name is gone, its bytes count for a name that is still there.
  for (const place of listed) {
    const owner = owners[place] ?? place;
    if (owner === place || states[place] !== 0 || states[owner] === 0) continue;
    bytes[place] = bytes[owner] ?? 0;
    bytes[owner] = 0;
  }
  const shown = largest(listed, bytes, maxListed);
  const indexAt = new Map(shown.map((place, index) => [place, index]));
  const leftOut = { files: listed.length - shown.length, bytes: 0 };
  if (leftOut.files > 0) for (const place of listed) if (!indexAt.has(place)) leftOut.bytes += bytes[place] ?? 0;
  return {
    layers: figures.map((figure, layer) => ({ ...figure, caches: cachesOf(files, ranges[layer]) })),
    files: {
      paths: shown.map((place) => paths.textOf(files.pathOf(entries[place] ?? 0))),
      bytes: shown.map((place) => bytes[place] ?? 0),
      layers: shown.map((place) => layerAt[place] ?? 0),
      states: shown.map((place) => stateOf(states[place])),
      ...(leftOut.files > 0 ? { leftOut } : {}),
    },
    duplicates: duplicatesOf(shown.filter((place) => states[place] === 0 && (bytes[place] ?? 0) > 0)),
  };

  function duplicatesOf(places: readonly number[]): Duplicate[] {
    const first = new Map<number, number>();
    const alike = new Map<number, number[]>();
    for (const place of places) {
      const content = files.contentOf(entries[owners[place] ?? place] ?? 0);
      if (content === 0) continue;
      const known = first.get(content);
      if (known === undefined) {
        first.set(content, place);
        continue;
      }
      if (bytes[known] !== bytes[place]) continue;
      const group = alike.get(content);
      if (group) group.push(place);
      else alike.set(content, [known, place]);
    }
    return [...alike.values()]
      .filter((group) => new Set(group.map((place) => layerAt[place])).size > 1)
      .map((group) => ({
        bytes: bytes[group[0] ?? 0] ?? 0,
        files: group.map((place) => indexAt.get(place) ?? 0),
      }))
      .sort((a, b) => b.bytes * (b.files.length - 1) - a.bytes * (a.files.length - 1))
      .slice(0, MAX_DUPLICATES);
  }
}

function stateOf(state: number | undefined): 0 | 1 | 2 {
  return state === REPLACED || state === DELETED ? state : 0;
}

/** The `count` largest files, in layer order. */
function largest(places: readonly number[], bytes: Float64Array, count: number): readonly number[] {
  if (places.length <= count) return places;
  const smallest = Float64Array.from(places, (place) => bytes[place] ?? 0).sort()[places.length - count] ?? 0;
  const larger = places.filter((place) => (bytes[place] ?? 0) > smallest).length;
  let left = count - larger;
  return places.filter((place) => (bytes[place] ?? 0) > smallest || (bytes[place] === smallest && left-- > 0));
}

function cachesOf(files: LayerFiles, range: EntryRange | undefined): LeftCache[] {
  const cacheOf = createCacheFolders(files.paths);
  const found = new Map<string, { kind: string; path: string; bytes: number }>();
  const [start, end] = [range?.start ?? 0, range?.end ?? 0];
  // Files that are hard-linked from outside the cache, as in pnpm's store: deleting them would save nothing.
  const used = new Set<number>();
  for (let entry = start; entry < end; entry++) {
    if (files.kindOf(entry) !== KIND.link) continue;
    const [from, to] = [files.pathOf(entry), files.targetOf(entry)];
    if (cacheOf(files.paths.parentOf(from)) !== cacheOf(files.paths.parentOf(to))) used.add(to);
  }
  for (let entry = start; entry < end; entry++) {
    const bytes = used.has(files.pathOf(entry)) ? 0 : files.bytesOf(entry);
    const cache = bytes === 0 ? undefined : cacheOf(files.paths.parentOf(files.pathOf(entry)));
    if (!cache) continue;
    const known = found.get(cache.path);
    if (known) known.bytes += bytes;
    else found.set(cache.path, { ...cache, bytes });
  }
  return [...found.values()].sort((a, b) => b.bytes - a.bytes);
}
