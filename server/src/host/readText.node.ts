import { readFileSync, statSync } from 'node:fs';

/** What is read whole is written by hand or small; anything larger is none of it. */
const MAX_BYTES = 16 * 1024 * 1024;

/** A text file; undefined when it cannot be read, is too large, or is no file: a pipe would be waited for. */
export function readText(path: string, maxBytes = MAX_BYTES): string | undefined {
  try {
    const stat = statSync(path);
    return stat.isFile() && stat.size <= maxBytes ? readFileSync(path, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}
