import { readFileSync, statSync } from 'node:fs';

/** Files that are read whole are handwritten or small; a larger one is something else. */
const MAX_BYTES = 16 * 1024 * 1024;

/**
 * Reads a text file, also in UTF-16, which PowerShell writes when it redirects output. Undefined when it cannot be
 * read, is too large, or is not a file: reading a pipe would block.
 */
export function readText(path: string, maxBytes = MAX_BYTES): string | undefined {
  try {
    const stat = statSync(path);
    if (!stat.isFile() || stat.size > maxBytes) return undefined;
    const bytes = readFileSync(path);
    return bytes[0] === 0xff && bytes[1] === 0xfe ? bytes.toString('utf16le', 2) : bytes.toString('utf8');
  } catch {
    return undefined;
  }
}
