import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { IGNORE_FILE_NAMES, type IgnoreFile } from '../../reports/ignoreFile';
import { readText } from '../../system/readText';

/** A larger one is something else. */
const MAX_BYTES = 1024 * 1024;

/** Those of the nearest folder that has some, from a folder upwards to another; paths as seen from that one. */
export function findIgnoreFiles(folder: string, top: string): readonly IgnoreFile[] {
  for (let at = folder; ; at = dirname(at)) {
    const paths = IGNORE_FILE_NAMES.map((name) => join(at, name)).filter(existsSync);
    if (paths.length > 0) return paths.map((path) => ({ ...readIgnoreFile(path), path: relative(top, path) }));
    if (at === top || dirname(at) === at || relative(top, at).startsWith('..')) return [];
  }
}

export function readIgnoreFile(path: string): IgnoreFile {
  return { path, text: readText(path, MAX_BYTES) };
}
