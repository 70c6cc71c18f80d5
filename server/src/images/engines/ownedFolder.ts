import { mkdtempSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isLeft, ownedName } from './owner';

/** A temporary folder whose name tells which process owns it. */
export function makeOwnedFolder(): string {
  return mkdtempSync(join(tmpdir(), `${ownedName()}-`));
}

/** Removes those whose owner, a process of this machine, no longer runs. */
export async function removeLeftFolders(): Promise<void> {
  for (const name of (await readdir(tmpdir())).filter(isLeft))
    await rm(join(tmpdir(), name), { recursive: true, force: true }).catch(() => {});
}
