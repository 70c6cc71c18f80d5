import { readFileSync, statSync } from 'node:fs';

/** More than any text has that a project names. */
const MAX_BYTES = 16 * 1024 * 1024;

/**
 * A text file; undefined when it cannot be read. A project that nobody has looked at may name a pipe or a device:
 * reading one may never end.
 */
export function readText(path: string): string | undefined {
  try {
    const stats = statSync(path);
    return stats.isFile() && stats.size <= MAX_BYTES ? readFileSync(path, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}
