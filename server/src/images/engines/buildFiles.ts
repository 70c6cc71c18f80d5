import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readText } from '../../system/readText';
import type { BuildFiles } from './dialects';
import type { BuildRequest } from './engine';

/**
 * Writes the Dockerfile of a request to a temporary folder: the text need not be saved, and nothing is written next to
 * the user's files.
 */
export async function withBuildFiles<T>(
  { text, contextFolder, ignore }: Pick<BuildRequest, 'text' | 'contextFolder' | 'ignore'>,
  work: (files: BuildFiles) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'dockerfile-optimizer-build-'));
  try {
    const dockerfile = join(folder, 'Dockerfile');
    writeFileSync(dockerfile, text);
    const ignored = ignore ?? readText(join(contextFolder, '.dockerignore'));
    if (ignored === undefined) return await work({ dockerfile, ignoreFile: undefined });
    const ignoreFile = `${dockerfile}.dockerignore`;
    writeFileSync(ignoreFile, ignored);
    return await work({ dockerfile, ignoreFile });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
