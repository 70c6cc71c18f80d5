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
 * Replaces a file's content atomically: readers see the old or the new text, and neither a failure nor a signal leaves
 * anything else. It keeps the mode and, if permitted, the owner. A symbolic link stays a link and its target is
 * replaced; hard links are kept. A missing file is created.
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
        // After the owner, because changing the owner clears the set-user-id bits.
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

/** Writes in place, because a new file would break the hard links. On failure, restores the old content. */
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

/** Root in a container writes files of the host's users: they should keep their owner. */
function keepOwner(file: number, uid: number, gid: number): void {
  try {
    fchownSync(file, uid, gid);
  } catch {
    // Only root may change the owner; for any other user, the file becomes theirs.
  }
}
