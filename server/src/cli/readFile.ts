import { closeSync, openSync, readSync } from 'node:fs';
import { MAX_LENGTH } from '../dockerfile/limits';
import type { Localize } from '../l10n/localize';
import { reasonOf } from './failure';

const CHUNK_BYTES = 64 * 1024;
/** Shared by all files of a run. */
const chunk = Buffer.alloc(CHUNK_BYTES);
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const RETRY_MS = 10;

export type ReadResult = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly reason: string };

/** Reads a Dockerfile as UTF-8, `-` from standard input; a byte-order mark stays in the text. */
export function readDockerfile(path: string, localize: Localize): ReadResult {
  let bytes: Buffer;
  try {
    bytes = path === '-' ? readAll(0) : readPath(path);
  } catch (error) {
    return { ok: false, reason: reasonOf(error, localize) };
  }
  if (bytes.length > MAX_LENGTH) {
    return { ok: false, reason: tooLarge(localize) };
  }
  if (bytes.includes(0)) return { ok: false, reason: localize('binary file, not a Dockerfile') };
  try {
    return { ok: true, text: utf8.decode(bytes) };
  } catch {
    return { ok: false, reason: localize('not valid UTF-8') };
  }
}

export function tooLarge(localize: Localize): string {
  return localize('too large to be a Dockerfile: more than {size} MB', { size: MAX_LENGTH / 1024 / 1024 });
}

function readPath(path: string): Buffer {
  const file = openSync(path, 'r');
  try {
    return readAll(file);
  } finally {
    closeSync(file);
  }
}

/** Reads up to the limit and a little more: pipes and devices report no size and may never end. */
function readAll(file: number): Buffer {
  const chunks: Buffer[] = [];
  for (let total = 0; total <= MAX_LENGTH; ) {
    const length = readChunk(file);
    if (length === 0) break;
    chunks.push(Buffer.from(chunk.subarray(0, length)));
    total += length;
  }
  return Buffer.concat(chunks);
}

/** 0 at the end. A non-blocking pipe returns EAGAIN until its writer has written. */
function readChunk(file: number): number {
  for (;;) {
    try {
      return readSync(file, chunk);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EOF') return 0; // Windows, at the end of a pipe
      if (code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, RETRY_MS);
    }
  }
}
