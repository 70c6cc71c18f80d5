import type { Sink } from './tarReader';

/**
 * Files larger than three samples are compared by their start, middle and end: reading all of it would take half of the
 * total time.
 */
const SAMPLE_BYTES = 4096;
const SAMPLES = 3;

/** Takes one file. The number that `use` gets at the end is equal for files with equal samples, and at least 1. */
export type TakeContent = (size: number, use: (content: number) => void) => Sink;

/** Compares files that are streamed one after the other; reuses its buffers for all of them. */
export function createContentSamples(): TakeContent {
  const words = new Int32Array((SAMPLES * SAMPLE_BYTES) / Int32Array.BYTES_PER_ELEMENT);
  const samples = new Uint8Array(words.buffer);
  const starts = new Float64Array(SAMPLES);
  let whenDone: (content: number) => void;
  let at = 0;
  /** The current sample, and the bytes of all samples so far. */
  let sample = 0;
  let taken = 0;
  const sink: Sink = {
    write(part) {
      const end = at + part.length;
      for (; sample < SAMPLES && (starts[sample] ?? 0) < end; sample++) {
        const start = starts[sample] ?? 0;
        const to = Math.min(start + SAMPLE_BYTES, end);
        const from = Math.max(start, at);
        samples.set(part.subarray(from - at, to - at), taken);
        taken += to - from;
        if (to < start + SAMPLE_BYTES) break;
      }
      at = end;
    },
    end() {
      // Fills the last word with zeros, because bytes of an earlier file may still be there.
      samples.fill(0, taken, taken + Int32Array.BYTES_PER_ELEMENT);
      whenDone(contentOf(words, Math.ceil(taken / Int32Array.BYTES_PER_ELEMENT)));
    },
    idle: () => (sample < SAMPLES ? Math.max((starts[sample] ?? 0) - at, 0) : Number.POSITIVE_INFINITY),
    skip(bytes) {
      at += bytes;
    },
  };
  return (size, use) => {
    whenDone = use;
    at = 0;
    sample = 0;
    taken = 0;
    const isSmall = size <= SAMPLES * SAMPLE_BYTES;
    starts[0] = 0;
    starts[1] = isSmall ? SAMPLE_BYTES : Math.floor((size - SAMPLE_BYTES) / 2);
    starts[2] = isSmall ? 2 * SAMPLE_BYTES : size - SAMPLE_BYTES;
    return sink;
  };
}

/** The mixing of MurmurHash3 in two lanes: 53 bits, in a tenth of the time of a cryptographic digest. */
function contentOf(words: Int32Array, count: number): number {
  let high = 0x2f0b4c47;
  let low = 0x6d2b79f5;
  for (let index = 0; index < count; index++) {
    const word = words[index] ?? 0;
    high = Math.imul(high ^ word, 0xcc9e2d51);
    high = (high << 13) | (high >>> 19);
    low = Math.imul(low ^ word, 0x1b873593);
    low = (low << 15) | (low >>> 17);
  }
  return (mixed(high ^ count) >>> 11) * 2 ** 32 + mixed(low ^ high) + 1;
}

function mixed(value: number): number {
  let hash = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
