import { once } from 'node:events';
import { createGunzip } from 'node:zlib';
import { ZSTDDecoder } from 'zstddec/stream';
import { BLOCK, isChecked, isZero } from './tarHeader';
import type { Sink } from './tarReader';
import { Unreadable } from './unreadable';
import { createZstdFrames } from './zstdFrames';

export interface BlobSinks {
  /** A tar file, decompressed; `isCompressed` says whether it was compressed. */
  tar(isCompressed: boolean): Sink;
  json(): Sink;
}

const UNPACKED_CHUNK = 128 * 1024;
/** The decoder returns empty parts forever if its input is not zstd. */
const MAX_EMPTY_PARTS = 100;

/**
 * Detects the kind of a blob from its first bytes, and passes it on, decompressed. Anything other than tar or JSON is
 * dropped.
 */
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
  // An empty layer is only zeros.
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
      // Copy the part: the caller reuses its buffer.
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

/** The decoder pulls its input; this feeds it part by part, as the data arrives. */
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
  /** Never pulls more than is available: otherwise the decoder would take it for the end of the input. */
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
      // The last byte is a part of its own: once the decoder asks for it, all bytes before it were read.
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
