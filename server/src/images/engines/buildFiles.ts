import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readText } from '../../system/readText';
import type { BuildFiles } from './dialects';
import type { BuildRequest } from './engine';
import { makeOwnedFolder } from './ownedFolder';

/**
 * Writes the Dockerfile of a request to a temporary folder: the text need not be saved, and nothing is written next to
 * the user's files.
 */
export async function withBuildFiles<T>(
  { text, dockerfilePath, ignore }: Pick<BuildRequest, 'text' | 'dockerfilePath' | 'ignore'>,
  work: (files: BuildFiles) => Promise<T>,
): Promise<T> {
  const folder = makeOwnedFolder();
  try {
    const dockerfile = join(folder, 'Dockerfile');
    writeFileSync(dockerfile, text);
    // Engines find that of the build context by themselves.
    const ignored = ignore ?? (dockerfilePath === undefined ? undefined : readText(`${dockerfilePath}.dockerignore`));
    if (ignored === undefined) return await work({ dockerfile, ignoreFile: undefined });
    const ignoreFile = `${dockerfile}.dockerignore`;
    writeFileSync(ignoreFile, ignored);
    return await work({ dockerfile, ignoreFile });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
