import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Script } from 'node:vm';
import * as zlib from 'node:zlib';

/**
 * Runs a program that lies beside this one. A short run spends most of its time on compiling: what V8 has compiled is kept
 * beside the program, where only those can write who could change the program itself, under the name of what it was
 * compiled for. Node.js 22 has that built in (module.enableCompileCache); 20 does not.
 */
export function startProgram(name: string, use = 'all'): void {
  const path = join(__dirname, `${name}.js`);
  const bytes = readFileSync(path);
  const kept = canKeep() ? keptFor(`${name}-${use}`, bytes) : undefined;
  const cachedData = kept?.read();
  const script = new Script(bytes.toString('latin1'), { filename: path, ...(cachedData ? { cachedData } : {}) });
  // When it ends, for then all that a run needs has been compiled.
  if (kept && (!cachedData || script.cachedDataRejected))
    process.once('exit', () => kept.write(script.createCachedData()));
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(path), module, path, __dirname);
}

/** Other flags make other code, and a machine of CI runs it once. */
function canKeep(): boolean {
  const { NODE_OPTIONS, NODE_DISABLE_COMPILE_CACHE, CI } = process.env;
  return process.execArgv.length === 0 && !NODE_OPTIONS && !NODE_DISABLE_COMPILE_CACHE && !CI && crc32 !== undefined;
}

/** Since 20.15. */
const crc32: ((bytes: Uint8Array) => number) | undefined = 'crc32' in zlib ? zlib.crc32 : undefined;

function keptFor(name: string, bytes: Buffer) {
  const path = join(__dirname, 'compiled', `${name}-${process.versions.v8}-${process.arch}.bin`);
  const sum = (of: Uint8Array) => crc32?.(of) ?? 0;
  return {
    /** V8 itself knows code of another version, but takes the length for the source, and does not look for damage. */
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
        // Root leaves nothing in a folder of somebody else.
        if (statSync(__dirname).uid !== (process.getuid?.() ?? 0)) return;
        mkdirSync(dirname(path), { recursive: true });
        const header = Buffer.alloc(HEADER);
        header.writeUInt32LE(sum(bytes), 0);
        header.writeUInt32LE(sum(code), 4);
        writeFileSync(temporary, Buffer.concat([header, code]), { flag: 'wx' });
        renameSync(temporary, path);
      } catch {
        // A folder that cannot be written into: each run compiles for itself.
        discard(temporary);
      }
    },
  };
}

function discard(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // There is none: not even the folder was made.
  }
}

const HEADER = 8;
