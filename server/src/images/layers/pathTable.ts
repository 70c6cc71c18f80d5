import { MAX_NAME_BYTES, MAX_PATH_BYTES, MAX_PATHS } from './limits';
import { Unreadable } from './unreadable';

/** The root folder. */
export const ROOT = 0;
const SLASH = 0x2f;
const DOT = 0x2e;
/** A power of two, at least twice the number of paths. */
const SLOTS = 2 ** Math.ceil(Math.log2(MAX_PATHS * 2));

/**
 * Stores paths as numbers, each once, as its folder and a name in bytes. A million paths take a tenth of the memory of
 * strings, and no text is created while a tar file is read.
 */
export class PathTable {
  #count = 1;
  // Allocated at the maximum size: the system only provides memory that is written to, and nothing is ever copied.
  readonly #parents = new Uint32Array(MAX_PATHS);
  readonly #starts = new Uint32Array(MAX_PATHS);
  readonly #lengths = new Uint16Array(MAX_PATHS);
  readonly #firstChildren = new Uint32Array(MAX_PATHS);
  readonly #siblings = new Uint32Array(MAX_PATHS);
  readonly #names = Buffer.alloc(MAX_NAME_BYTES);
  #nameBytes = 0;
  /** Open addressing; 0 marks a free slot, because nothing looks up the root. */
  readonly #slots = new Uint32Array(SLOTS);

  get count(): number {
    return this.#count;
  }

  parentOf(path: number): number {
    return this.#parents[path] ?? ROOT;
  }

  /** The first path in a folder, 0 if there is none; `nextSibling` gives the others. */
  firstChild(path: number): number {
    return this.#firstChildren[path] ?? 0;
  }

  nextSibling(path: number): number {
    return this.#siblings[path] ?? 0;
  }

  nameOf(path: number): string {
    const start = this.#starts[path] ?? 0;
    return this.#names.toString('utf8', start, start + (this.#lengths[path] ?? 0));
  }

  /** Without a leading `/`. */
  textOf(path: number): string {
    const names: string[] = [];
    for (let at = path; at !== ROOT; at = this.parentOf(at)) names.push(this.nameOf(at));
    return names.reverse().join('/');
  }

  /** The number of a path from a tar file: from the root, with or without a leading `./` or `/`. */
  find(path: Uint8Array): number {
    if (path.length > MAX_PATH_BYTES)
      throw new Unreadable('A path is longer than {max} bytes', { max: MAX_PATH_BYTES });
    let at = ROOT;
    for (let start = 0; start < path.length; ) {
      let end = start;
      while (end < path.length && path[end] !== SLASH) end++;
      const length = end - start;
      const isDot = path[start] === DOT;
      if (length === 2 && isDot && path[start + 1] === DOT)
        throw new Unreadable('The path {path} is outside the image', { path: Buffer.from(path).toString('utf8') });
      if (length > 0 && !(length === 1 && isDot)) at = this.child(at, path, start, end);
      start = end + 1;
    }
    return at;
  }

  /** The number of the path with the name in `bytes` from `start` to `end`, in a folder. */
  child(folder: number, bytes: Uint8Array, start: number, end: number): number {
    for (let slot = hashOf(folder, bytes, start, end) & (SLOTS - 1); ; slot = (slot + 1) & (SLOTS - 1)) {
      const known = this.#slots[slot] ?? 0;
      if (known === 0) return this.#add(folder, bytes.subarray(start, end), slot);
      if (this.#parents[known] === folder && this.#isNamed(known, bytes, start, end)) return known;
    }
  }

  #isNamed(path: number, bytes: Uint8Array, start: number, end: number): boolean {
    const length = end - start;
    if (this.#lengths[path] !== length) return false;
    const from = this.#starts[path] ?? 0;
    for (let index = 0; index < length; index++) if (this.#names[from + index] !== bytes[start + index]) return false;
    return true;
  }

  #add(folder: number, name: Uint8Array, slot: number): number {
    if (this.#count >= MAX_PATHS) throw new Unreadable('More than {max} paths', { max: MAX_PATHS });
    if (this.#nameBytes + name.length > MAX_NAME_BYTES)
      throw new Unreadable('All names together are longer than {max} bytes', { max: MAX_NAME_BYTES });
    const path = this.#count++;
    this.#names.set(name, this.#nameBytes);
    this.#parents[path] = folder;
    this.#starts[path] = this.#nameBytes;
    this.#lengths[path] = name.length;
    this.#siblings[path] = this.firstChild(folder);
    this.#firstChildren[folder] = path;
    this.#nameBytes += name.length;
    this.#slots[slot] = path;
    return path;
  }
}

/** FNV-1a over the name, seeded with the folder. */
function hashOf(folder: number, bytes: Uint8Array, start: number, end: number): number {
  let hash = Math.imul(folder ^ 0x9e3779b9, 0x85ebca6b);
  for (let index = start; index < end; index++) hash = Math.imul(hash ^ (bytes[index] ?? 0), 0x01000193);
  return hash ^ (hash >>> 15);
}
