import { MAX_EXTENSION_BYTES } from './limits';
import { type Extension, readPaxRecords } from './paxRecords';
import { BLOCK, readTarHeader, type TarHeader } from './tarHeader';
import { Unreadable } from './unreadable';

export type TarEntryType = 'file' | 'link' | 'symlink' | 'folder' | 'other';

export interface TarEntry {
  readonly type: TarEntryType;
  readonly path: Uint8Array;
  /** The target of a hard link or symlink. */
  readonly target: Uint8Array;
  /** The unpacked size: for sparse files, including holes. */
  readonly size: number;
}

/**
 * Takes a data stream. Each part is only valid until `write` returns or its promise resolves. A sink returns a promise
 * only if it has to wait.
 */
export interface Sink {
  write(part: Uint8Array): Promise<void> | void;
  end(): Promise<void> | void;
  /** How many of the next bytes it ignores; without this function, it needs all bytes. */
  idle?(): number;
  /** Skips that many bytes; at most as many as are idle. */
  skip?(bytes: number): void;
}

/** Called for each entry; returns the sink for its data. */
export type OnEntry = (entry: TarEntry) => Sink | undefined;

const TYPES: Readonly<Record<string, TarEntryType>> = {
  '0': 'file',
  '7': 'file',
  S: 'file',
  '1': 'link',
  '2': 'symlink',
  '5': 'folder',
};

/**
 * Reads a streamed tar file: ustar, pax and GNU, with long names, sparse files and large numbers. It buffers at most
 * one header, whatever the archive contains.
 */
export function createTarReader(onEntry: OnEntry): Required<Sink> {
  /** A header that is not complete yet. */
  const held = Buffer.alloc(BLOCK);
  let heldBytes = 0;
  /** For the current entry: data that is still to come, and padding up to the next block. */
  let remaining = 0;
  let padding = 0;
  let sink: Sink | undefined;
  let isOver = false;
  /** Extensions that precede the header that they apply to. */
  let extension: Extension | undefined;
  let global: Extension | undefined;
  /** An old GNU sparse file whose map continues in further blocks. */
  let mapped: TarHeader | undefined;

  const open = (header: TarHeader): void => {
    const { name, link, size, realSize } = extension || global ? { ...header, ...global, ...extension } : header;
    extension = undefined;
    if (!Number.isSafeInteger(size) || size < 0) throw new Unreadable('A tar file is damaged: a size is not a number');
    // In old archives, folders are files whose name ends with `/`.
    const type = TYPES[header.type] ?? (/[a-z3-6]/i.test(header.type) ? 'other' : 'file');
    const isFolder = type === 'file' && name.at(-1) === 0x2f;
    const stored = type === 'file' || type === 'other' ? size : 0;
    expect(stored, onEntry({ type: isFolder ? 'folder' : type, path: name, target: link, size: realSize ?? size }));
  };
  const expect = (bytes: number, taker: Sink | undefined): void => {
    remaining = bytes;
    padding = (BLOCK - (bytes % BLOCK)) % BLOCK;
    sink = taker;
  };
  const extend = (size: number, read: (data: Buffer) => Extension): void =>
    expect(
      size,
      collect(size, (data) => {
        extension = { ...extension, ...read(data) };
      }),
    );
  const begin = (bytes: Uint8Array, at: number): void => {
    if (mapped) {
      // The last used byte says whether another map block follows.
      if (bytes[at + 504] === 1) return;
      const header = mapped;
      mapped = undefined;
      open(header);
      return;
    }
    const header = readTarHeader(bytes, at);
    if (!header) isOver = true;
    else if (header.type === 'L') extend(header.size, (data) => ({ name: untilZero(data) }));
    else if (header.type === 'K') extend(header.size, (data) => ({ link: untilZero(data) }));
    else if (header.type === 'x') extend(header.size, readPaxRecords);
    else if (header.type === 'g')
      expect(
        header.size,
        collect(header.size, (data) => {
          global = { ...global, ...readPaxRecords(data) };
        }),
      );
    else if (header.hasMoreMap) mapped = { ...header, name: Buffer.from(header.name), link: Buffer.from(header.link) };
    else open(header);
  };

  /** Continues until all of `part` is taken, or a sink has to wait. */
  const take = (part: Uint8Array, start: number): Promise<void> | void => {
    let at = start;
    while (!isOver && (at < part.length || (remaining === 0 && sink))) {
      if (remaining > 0) {
        const end = Math.min(part.length, at + remaining);
        const writing = sink?.write(part.subarray(at, end));
        remaining -= end - at;
        at = end;
        if (writing instanceof Promise) return writing.then(() => take(part, end));
      } else if (sink) {
        const ending = sink.end();
        sink = undefined;
        const next = at;
        if (ending instanceof Promise) return ending.then(() => take(part, next));
      } else if (padding > 0) {
        const skipped = Math.min(padding, part.length - at);
        padding -= skipped;
        at += skipped;
      } else if (heldBytes === 0 && part.length - at >= BLOCK) {
        begin(part, at);
        at += BLOCK;
      } else {
        const end = Math.min(part.length, at + BLOCK - heldBytes);
        held.set(part.subarray(at, end), heldBytes);
        heldBytes += end - at;
        at = end;
        if (heldBytes === BLOCK) {
          heldBytes = 0;
          begin(held, 0);
        }
      }
    }
  };

  return {
    write: (part) => take(part, 0),
    end() {
      // Some programs omit the zeros at the end, but none omits data.
      if (!isOver && (remaining > 0 || heldBytes > 0 || mapped)) throw new Unreadable('A tar file is truncated');
    },
    idle() {
      if (remaining === 0 || isOver) return 0;
      return sink ? Math.min(remaining, sink.idle?.() ?? 0) : remaining;
    },
    skip(bytes) {
      remaining -= bytes;
      sink?.skip?.(bytes);
    },
  };
}

function collect(size: number, use: (data: Buffer) => void): Sink {
  if (size > MAX_EXTENSION_BYTES)
    throw new Unreadable('A tar entry has a name or attributes of {size} bytes', { size });
  const parts: Buffer[] = [];
  return {
    write: (part) => {
      parts.push(Buffer.from(part));
    },
    end: () => use(Buffer.concat(parts)),
  };
}

function untilZero(data: Buffer): Buffer {
  const end = data.indexOf(0);
  return end < 0 ? data : data.subarray(0, end);
}
