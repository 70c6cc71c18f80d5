import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { IGNORE_FILE_NAMES, type IgnoreFile } from '../../reports/ignoreFile';
import { readText } from '../../system/readText';

/** A larger file is not an ignore file. */
const MAX_BYTES = 1024 * 1024;

/** The ignore files of the nearest folder that has any, from `folder` up to `top`; paths are relative to `top`. */
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
