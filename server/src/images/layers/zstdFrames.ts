import { Unreadable } from './unreadable';

/**
 * The largest window of a frame that the decoder has to keep: registries and builders use 32 MB or less. The decoder
 * itself stops at 128 MB without an error.
 */
const MAX_WINDOW_BYTES = 64 * 1024 * 1024;
const FRAME = 0xfd2fb528;
/** The first of sixteen magic numbers of skippable frames. */
const SKIPPABLE = 0x184d2a50;
/** The reserved bit in the frame header descriptor. */
const RESERVED = 8;
const LONGEST_HEADER = 18;
const RAW_OR_PACKED = [0, 2];

/**
 * Follows the frames of a zstd stream (RFC 8878) without decompressing it: each frame header says how much memory the
 * frame needs.
 * @throws Unreadable before any data of a frame that needs too much
 */
export function createZstdFrames(): (part: Uint8Array) => void {
  const header = Buffer.alloc(LONGEST_HEADER);
  let held = 0;
  /** Bytes to skip before the next header. */
  let passed = 0;
  let next: 'frame' | 'block' = 'frame';
  let hasChecksum = false;

  /** The length of the header that begins here, as far as it is known. */
  const needed = (): number => {
    if (next === 'block') return 3;
    if (held < 5) return 5;
    return (header.readUInt32LE(0) & ~15) >>> 0 === SKIPPABLE ? 8 : frameHeaderBytes(header[4] ?? 0);
  };
  const open = (): void => {
    if (next === 'block') {
      const block = header.readUIntLE(0, 3);
      // A block of one repeated byte stores that byte once.
      passed = RAW_OR_PACKED.includes((block >> 1) & 3) ? block >> 3 : 1;
      if ((block & 1) === 0) return;
      next = 'frame';
      if (hasChecksum) passed += 4;
    } else if ((header.readUInt32LE(0) & ~15) >>> 0 === SKIPPABLE) passed = header.readUInt32LE(4);
    else if (header.readUInt32LE(0) !== FRAME || ((header[4] ?? 0) & RESERVED) !== 0)
      throw new Unreadable('A compressed layer is damaged: {reason}', { reason: 'zstd' });
    else {
      const bytes = windowBytes(header);
      if (bytes > MAX_WINDOW_BYTES)
        throw new Unreadable('A zstd layer needs {bytes} bytes of memory to unpack; the limit is {max}', {
          bytes,
          max: MAX_WINDOW_BYTES,
        });
      hasChecksum = ((header[4] ?? 0) & 4) !== 0;
      next = 'block';
    }
  };
  return (part) => {
    for (let at = 0; at < part.length; ) {
      if (passed > 0) {
        const bytes = Math.min(passed, part.length - at);
        passed -= bytes;
        at += bytes;
        continue;
      }
      header[held++] = part[at++] ?? 0;
      if (held < needed()) continue;
      held = 0;
      open();
    }
  };
}

const DICTIONARY_BYTES = [0, 1, 2, 4];
const SIZE_BYTES = [0, 2, 4, 8];

function frameHeaderBytes(descriptor: number): number {
  const isSingle = (descriptor & 0x20) !== 0;
  const sizeBytes = SIZE_BYTES[descriptor >> 6] ?? 0;
  return (
    5 + (isSingle ? 0 : 1) + (DICTIONARY_BYTES[descriptor & 3] ?? 0) + (isSingle && sizeBytes === 0 ? 1 : sizeBytes)
  );
}

function windowBytes(header: Buffer): number {
  const descriptor = header[4] ?? 0;
  if ((descriptor & 0x20) === 0) {
    const [exponent, mantissa] = [(header[5] ?? 0) >> 3, (header[5] ?? 0) & 7];
    return 2 ** (10 + exponent) * (1 + mantissa / 8);
  }
  // A single segment: the window is the whole content.
  const at = 5 + (DICTIONARY_BYTES[descriptor & 3] ?? 0);
  switch (descriptor >> 6) {
    case 0:
      return header[at] ?? 0;
    case 1:
      return header.readUInt16LE(at) + 256;
    case 2:
      return header.readUInt32LE(at);
    default:
      return Number(header.readBigUInt64LE(at));
  }
}
