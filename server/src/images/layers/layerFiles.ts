import { createContentSamples } from './contentSamples';
import { MAX_FILES } from './limits';
import { PathTable } from './pathTable';
import { createTarReader, type Sink, type TarEntry } from './tarReader';
import { Unreadable } from './unreadable';

/**
 * The kind of a layer's entry. A whiteout deletes its path; an opaque whiteout deletes everything that lower layers
 * have in its folder.
 */
export const KIND = { file: 0, link: 1, other: 2, folder: 3, whiteout: 4, opaque: 5 } as const;

/** A range of entries, by number; the end is exclusive. */
export interface EntryRange {
  readonly start: number;
  readonly end: number;
}

/** Smaller files are not checked for copies. */
const HASHED_BYTES = 4096;
const WHITEOUT = Buffer.from('.wh.');
const SLASH = 0x2f;
const OPAQUE = '.wh..wh..opq';

/** The entries of all layers, stored in columns: a few bytes each. */
export class LayerFiles {
  readonly paths = new PathTable();
  #count = 0;
  readonly #path = new Uint32Array(MAX_FILES);
  readonly #kind = new Uint8Array(MAX_FILES);
  readonly #bytes = new Float64Array(MAX_FILES);
  readonly #target = new Uint32Array(MAX_FILES);
  readonly #content = new Float64Array(MAX_FILES);
  readonly #take = createContentSamples();

  get count(): number {
    return this.#count;
  }

  pathOf(entry: number): number {
    return this.#path[entry] ?? 0;
  }

  kindOf(entry: number): number {
    return this.#kind[entry] ?? KIND.other;
  }

  /** 0 for everything except files. */
  bytesOf(entry: number): number {
    return this.#bytes[entry] ?? 0;
  }

  /** The target path of a hard link. */
  targetOf(entry: number): number {
    return this.#target[entry] ?? 0;
  }

  /** Equal for files of one size with the same content, and different otherwise; 0 if it is not known. */
  contentOf(entry: number): number {
    return this.#content[entry] ?? 0;
  }

  /** Reads one streamed layer; its entries follow those of earlier layers. */
  reader(onEnd: (range: EntryRange) => void): Sink {
    const start = this.#count;
    const tar = createTarReader((entry) => this.#add(entry));
    return {
      ...tar,
      end: () => {
        const ending = tar.end();
        onEnd({ start, end: this.#count });
        return ending;
      },
    };
  }

  #add({ type, path, target, size }: TarEntry): Sink | undefined {
    if (this.#count >= MAX_FILES) throw new Unreadable('More than {max} files', { max: MAX_FILES });
    const entry = this.#count;
    const whiteout = whiteoutOf(path);
    if (whiteout === 'other') return undefined;
    this.#count++;
    if (whiteout) {
      this.#path[entry] = this.paths.find(whiteout.path);
      this.#kind[entry] = KIND[whiteout.kind];
      return undefined;
    }
    this.#path[entry] = this.paths.find(path);
    this.#kind[entry] = type === 'symlink' ? KIND.other : KIND[type];
    if (type === 'link') this.#target[entry] = this.paths.find(target);
    if (type !== 'file') return undefined;
    this.#bytes[entry] = size;
    if (size < HASHED_BYTES) return undefined;
    return this.#take(size, (content) => {
      this.#content[entry] = content;
    });
  }
}

/**
 * Follows the OCI image specification; other names with `.wh..wh.` come from AUFS, a file system that old Docker
 * versions used.
 */
function whiteoutOf(
  path: Uint8Array,
): { readonly kind: 'whiteout' | 'opaque'; readonly path: Uint8Array } | 'other' | undefined {
  let nameStart = path.length;
  while (nameStart > 0 && path[nameStart - 1] !== SLASH) nameStart--;
  for (let index = 0; index < WHITEOUT.length; index++)
    if (path[nameStart + index] !== WHITEOUT[index]) return undefined;
  const name = Buffer.from(path.subarray(nameStart)).toString('latin1');
  if (name === OPAQUE) return { kind: 'opaque', path: path.slice(0, nameStart) };
  if (name.startsWith('.wh..wh.')) return 'other';
  return {
    kind: 'whiteout',
    path: Buffer.concat([path.subarray(0, nameStart), path.subarray(nameStart + WHITEOUT.length)]),
  };
}
