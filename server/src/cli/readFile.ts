import { readFileSync, statSync } from 'node:fs';
import { reasonOf } from './findFiles';

/** A Dockerfile of this size is a mistake in the path. */
const MAX_BYTES = 5 * 1024 * 1024;

export type ReadResult = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly reason: string };

/** Reads a Dockerfile as UTF-8, `-` from standard input; a byte-order mark stays in the text. */
export function readDockerfile(path: string): ReadResult {
  let bytes: Buffer;
  try {
    if (path !== '-' && statSync(path).size > MAX_BYTES) return tooLarge(statSync(path).size);
    bytes = readFileSync(path === '-' ? 0 : path);
  } catch (error) {
    return { ok: false, reason: reasonOf(error) };
  }
  if (bytes.length > MAX_BYTES) return tooLarge(bytes.length);
  if (bytes.includes(0)) return { ok: false, reason: 'binary file, not a Dockerfile' };
  try {
    return { ok: true, text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return { ok: false, reason: 'not valid UTF-8' };
  }
}

function tooLarge(bytes: number): ReadResult {
  return { ok: false, reason: `too large to be a Dockerfile: ${(bytes / 1024 / 1024).toFixed(1)} MB` };
}
