import { rm } from 'node:fs/promises';
import { makeOwnedFolder } from '../engines/ownedFolder';

/** Creates a temporary folder and removes it after `use`. */
export async function withTemporaryFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = makeOwnedFolder();
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
