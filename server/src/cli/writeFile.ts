import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fchmodSync,
  fchownSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * Replaces a file's content in one step: whoever reads it sees the old text or the new one, and a failure leaves the old.
 * Mode and, where it may be set, owner stay; a link stays a link and its target is replaced. A file that is not there is made.
 */
export function writeAtomically(path: string, text: string): void {
  const old = statSync(path, { throwIfNoEntry: false });
  const target = old ? realpathSync(path) : path;
  const temporary = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString('hex')}`);
  try {
    const file = openSync(temporary, 'wx', old?.mode);
    try {
      writeFileSync(file, text);
      if (old) {
        keepOwner(file, old.uid, old.gid);
        // After the owner: a change of owner takes the set-user-id bits away.
        fchmodSync(file, old.mode & 0o7777);
      }
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** Root in a container writes files of the host's users: they are to stay theirs. */
function keepOwner(file: number, uid: number, gid: number): void {
  try {
    fchownSync(file, uid, gid);
  } catch {
    // Only root may give files away; whoever else writes here becomes the owner.
  }
}
