import { close, fstat, open, readSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { promisify } from 'node:util';
import { readPipe } from '../readPipe';
import type { Archive } from './imageArchive';

/** The size of one read: small, because up to that much of a skipped file is read in vain. */
const READ_BYTES = 128 * 1024;
/** How many reads happen before other tasks get a turn, such as a cancel. */
const READS_A_TURN = 64;

/** Opens a saved image, which is read on demand. Always call `close`. */
export async function openArchive(path: string, signal: AbortSignal): Promise<Archive & { close(): void }> {
  const fd = await promisify(open)(path, 'r');
  const stats = await promisify(fstat)(fd);
  if (!stats.isFIFO()) return openFile(fd, stats.size);
  const pipe = readPipe(fd, signal);
  return { [Symbol.asyncIterator]: () => pipe[Symbol.asyncIterator](), close: () => pipe.destroy() };
}

/** Synchronous reads take less time than handing them to a thread. */
function openFile(fd: number, size: number): Archive & { close(): void } {
  let position = 0;
  return {
    async *[Symbol.asyncIterator]() {
      const buffer = Buffer.allocUnsafe(READ_BYTES);
      for (let reads = 1; ; reads++) {
        if (reads % READS_A_TURN === 0) await setImmediate();
        const bytes = readSync(fd, buffer, 0, READ_BYTES, position);
        if (bytes === 0) return;
        position += bytes;
        yield buffer.subarray(0, bytes);
      }
    },
    skip(bytes) {
      const skipped = Math.min(bytes, Math.max(size - position, 0));
      position += skipped;
      return skipped;
    },
    close: () => close(fd),
  };
}
