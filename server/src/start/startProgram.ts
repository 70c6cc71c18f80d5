import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Script } from 'node:vm';
import * as zlib from 'node:zlib';

/**
 * Runs a program next to this one. A short run spends most of its time on compiling, so V8's compiled code is cached
 * next to the program, named after what it was compiled for. Only users who can change the program itself can write
 * there. Node.js 22 has this built in (module.enableCompileCache); 20 does not.
 */
export function startProgram(name: string, use = 'all'): void {
  const path = join(__dirname, `${name}.js`);
  const bytes = readFileSync(path);
  const kept = canKeep() ? keptFor(`${name}-${use}`, bytes) : undefined;
  const cachedData = kept?.read();
  const script = new Script(bytes.toString('latin1'), { filename: path, ...(cachedData ? { cachedData } : {}) });
  // On exit, because by then everything that a run needs has been compiled.
  if (kept && (!cachedData || script.cachedDataRejected))
    process.once('exit', () => kept.write(script.createCachedData()));
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(path), module, path, __dirname);
}

/** Other flags produce other code, and a CI machine runs the program only once. */
function canKeep(): boolean {
  const { NODE_OPTIONS, NODE_DISABLE_COMPILE_CACHE, CI } = process.env;
  return process.execArgv.length === 0 && !NODE_OPTIONS && !NODE_DISABLE_COMPILE_CACHE && !CI && crc32 !== undefined;
}

/** Available since Node.js 20.15. */
const crc32: ((bytes: Uint8Array) => number) | undefined = 'crc32' in zlib ? zlib.crc32 : undefined;

function keptFor(name: string, bytes: Buffer) {
  const path = join(__dirname, 'compiled', `${name}-${process.versions.v8}-${process.arch}.bin`);
  const sum = (of: Uint8Array) => crc32?.(of) ?? 0;
  return {
    /** V8 itself rejects code of another version, but compares sources only by length, and does not detect damage. */
    read(): Buffer | undefined {
      try {
        const file = readFileSync(path);
        const code = file.subarray(HEADER);
        const isSound = file.readUInt32LE(0) === sum(bytes) && file.readUInt32LE(4) === sum(code);
        return isSound ? code : undefined;
      } catch {
        return undefined;
      }
    },
    write(code: Buffer): void {
      const temporary = `${path}.${process.pid}`;
      try {
        // Root must not create files in another user's folder.
        if (statSync(__dirname).uid !== (process.getuid?.() ?? 0)) return;
        mkdirSync(dirname(path), { recursive: true });
        const header = Buffer.alloc(HEADER);
        header.writeUInt32LE(sum(bytes), 0);
        header.writeUInt32LE(sum(code), 4);
        writeFileSync(temporary, Buffer.concat([header, code]), { flag: 'wx' });
        renameSync(temporary, path);
      } catch {
        // If the folder is not writable, each run compiles for itself.
        discard(temporary);
      }
    },
  };
}

function discard(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // It does not exist: not even the folder was created.
  }
}

const HEADER = 8;
