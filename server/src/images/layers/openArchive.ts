import { close, fstat, open, readSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { promisify } from 'node:util';
import { readPipe } from '../readPipe';
import type { Archive } from './imageArchive';

/** What is read at once: of a file that is left out, not much more is read than what was asked for. */
const READ_BYTES = 128 * 1024;
/** So often others have a turn, such as who cancels. */
const READS_A_TURN = 64;

/** A saved image, read as it is asked for. `close` is to be called, however it ends. */
export async function openArchive(path: string, signal: AbortSignal): Promise<Archive & { close(): void }> {
  const fd = await promisify(open)(path, 'r');
  const stats = await promisify(fstat)(fd);
  if (!stats.isFIFO()) return openFile(fd, stats.size);
  const pipe = readPipe(fd, signal);
  return { [Symbol.asyncIterator]: () => pipe[Symbol.asyncIterator](), close: () => pipe.destroy() };
}

/** Reads take less time than to have a thread make them. */
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
