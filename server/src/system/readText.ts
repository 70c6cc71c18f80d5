import { readFileSync, statSync } from 'node:fs';

/** What is read whole is written by hand or small; anything larger is none of it. */
const MAX_BYTES = 16 * 1024 * 1024;

/** A text file, in UTF-16 too, as PowerShell writes what is sent into a file; undefined when it cannot be read, is too large, or is no file: a pipe would be waited for. */
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
