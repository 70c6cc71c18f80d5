import {
  closeSync,
  fchmodSync,
  fchownSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { uninterrupted } from './interruption';

/**
 * Replaces a file's content in one step: whoever reads it sees the old text or the new one, and neither a failure nor a
 * signal leaves anything else. Mode and, where it may be set, owner stay; a link stays a link and its target is replaced,
 * and a file of several names keeps them. A file that is not there is made.
 */
export async function writeAtomically(path: string, text: string): Promise<void> {
  const old = statSync(path, { throwIfNoEntry: false });
  const target = old ? realpathSync(path) : path;
  await uninterrupted(() => {
    if (old?.isFile() && old.nlink > 1) overwrite(target, text);
    else replace(target, text, old);
  });
}

function replace(target: string, text: string, old: Stats | undefined): void {
  const temporary = join(dirname(target), `.${basename(target)}.${crypto.randomUUID()}`);
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

/** In place, for a new file would be one of this name alone. What fails is taken back. */
function overwrite(target: string, text: string): void {
  const file = openSync(target, 'r+');
  try {
    const old = readFileSync(file);
    try {
      writeWhole(file, Buffer.from(text));
    } catch (error) {
      writeWhole(file, old);
      throw error;
    }
  } finally {
    closeSync(file);
  }
}

function writeWhole(file: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at, bytes.length - at, at);
  ftruncateSync(file, bytes.length);
  fsyncSync(file);
}

/** Root in a container writes files of the host's users: they are to stay theirs. */
function keepOwner(file: number, uid: number, gid: number): void {
  try {
    fchownSync(file, uid, gid);
  } catch {
    // Only root may give files away; whoever else writes here becomes the owner.
  }
}
