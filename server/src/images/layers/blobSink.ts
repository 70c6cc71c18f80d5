import { once } from 'node:events';
import { createGunzip } from 'node:zlib';
import { ZSTDDecoder } from 'zstddec/stream';
import { BLOCK, isChecked, isZero } from './tarHeader';
import type { Sink } from './tarReader';
import { Unreadable } from './unreadable';
import { createZstdFrames } from './zstdFrames';

export interface BlobSinks {
  /** A tar file, unpacked; told whether it came compressed. */
  tar(isCompressed: boolean): Sink;
  json(): Sink;
}

const UNPACKED_CHUNK = 128 * 1024;
/** The decoder gives empty parts for ever where its input is no zstd. */
const MAX_EMPTY_PARTS = 100;

/** Finds out by its first bytes what a blob is, and passes it on, unpacked. What is neither tar nor JSON is left out. */
export function createBlobSink(sinks: BlobSinks): Sink {
  let first: Buffer | undefined = Buffer.alloc(0);
  let sink: Sink | undefined;
  const open = (): Promise<void> | void => {
    const start = first ?? Buffer.alloc(0);
    first = undefined;
    sink = sinkFor(start, sinks);
    return sink?.write(start);
  };
  return {
    write(part) {
      if (!first) return sink?.write(part);
      first = Buffer.concat([first, part]);
      return first.length < BLOCK ? undefined : open();
    },
    async end() {
      if (first) await open();
      await sink?.end();
    },
    idle() {
      if (first) return 0;
      return sink ? (sink.idle?.() ?? 0) : Number.POSITIVE_INFINITY;
    },
    skip: (bytes) => sink?.skip?.(bytes),
  };
}

function sinkFor(start: Buffer, sinks: BlobSinks): Sink | undefined {
  if (start[0] === 0x1f && start[1] === 0x8b) return gunzip(sinks.tar(true));
  if (start.length >= 4 && start.readUInt32LE(0) === 0xfd2fb528) return unzstd(sinks.tar(true));
  if (start[0] === 0x7b || start[0] === 0x5b) return sinks.json();
  if (start.length < BLOCK) return undefined;
  // An empty layer is zeros alone.
  return isChecked(start, 0) || isZero(start, 0) ? sinks.tar(false) : undefined;
}

function gunzip(next: Sink): Sink {
  const stream = createGunzip({ chunkSize: UNPACKED_CHUNK });
  let failure: unknown;
  const reading = (async () => {
    for await (const part of stream) {
      const writing = next.write(part);
      if (writing instanceof Promise) await writing;
    }
    await next.end();
  })().catch((error: unknown) => {
    failure = (error as { code?: string }).code?.startsWith('Z_')
      ? new Unreadable('A compressed layer is damaged: {reason}', { reason: (error as Error).message })
      : error;
    stream.destroy();
  });
  const check = (): void => {
    if (failure !== undefined) throw failure;
  };
  return {
    async write(part) {
      check();
      // Parts are only lent.
      if (!stream.write(Buffer.from(part))) await Promise.race([once(stream, 'drain').catch(() => {}), reading]);
      check();
    },
    async end() {
      stream.end();
      await reading;
      check();
    },
  };
}

/** The decoder pulls its input; this hands it over part by part, as it comes. */
function unzstd(next: Sink): Sink {
  const checkFrames = createZstdFrames();
  const parts: Uint8Array[] = [];
  let isEnded = false;
  const input: Iterable<Uint8Array> = {
    [Symbol.iterator]: () => ({
      next: () => {
        const value = parts.shift();
        return value ? { done: false, value } : { done: true, value: undefined };
      },
    }),
  };
  let output: Generator<Uint8Array> | undefined;
  const start = async (): Promise<Generator<Uint8Array>> => {
    const decoder = new ZSTDDecoder();
    await decoder.init();
    return decoder.decodeStreaming(input);
  };
  /** Never asks for more than there is: then the decoder would take the input for ended. */
  const drain = async (): Promise<void> => {
    output ??= await start();
    for (let empty = 0; parts.length > 0 || isEnded; ) {
      const { value, done } = output.next();
      if (done) return;
      empty = value.length === 0 ? empty + 1 : 0;
      if (empty > MAX_EMPTY_PARTS) throw damaged();
      const writing = next.write(value);
      if (writing instanceof Promise) await writing;
    }
  };
  return {
    async write(part) {
      if (part.length === 0) return;
      checkFrames(part);
      // The last byte apart: once it is asked for, all before it has been read.
      if (part.length > 1) parts.push(part.subarray(0, -1));
      parts.push(part.subarray(-1));
      await drain();
    },
    async end() {
      isEnded = true;
      try {
        await drain();
      } catch (error) {
        throw error instanceof Unreadable ? error : damaged();
      }
      await next.end();
    },
  };
}

function damaged(): Unreadable {
  return new Unreadable('A compressed layer is damaged: {reason}', { reason: 'zstd' });
}
