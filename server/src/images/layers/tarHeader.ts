import { Unreadable } from './unreadable';

export const BLOCK = 512;

/** One header block of a tar file; names are views of the block and valid only as long as it is. */
export interface TarHeader {
  /** The type flag: `0` a file, `5` a folder, `x` an extension of the next … */
  readonly type: string;
  /** The size of the data that follows in the archive. */
  readonly size: number;
  readonly name: Uint8Array;
  readonly link: Uint8Array;
  /** For an old GNU sparse file: its unpacked size. */
  readonly realSize: number | undefined;
  /** For an old GNU sparse file: more blocks of its map follow. */
  readonly hasMoreMap: boolean;
}

/**
 * Reads the header block at `at`; undefined for a block of zeros, which ends an archive.
 * @throws Unreadable
 */
export function readTarHeader(bytes: Uint8Array, at: number): TarHeader | undefined {
  if (!isChecked(bytes, at)) {
    if (isZero(bytes, at)) return undefined;
    throw new Unreadable('A tar file is damaged: a header has a wrong checksum');
  }
  const type = String.fromCharCode(bytes[at + 156] || 0x30);
  const name = fieldAt(bytes, at, 100);
  // Only ustar has a prefix; GNU has other fields there.
  const isPrefixed = bytes[at + 345] !== 0 && USTAR.every((byte, index) => bytes[at + 257 + index] === byte);
  return {
    type,
    size: numberAt(bytes, at + 124, 12),
    name: isPrefixed ? Buffer.concat([fieldAt(bytes, at + 345, 155), SLASH, name]) : name,
    link: bytes[at + 157] === 0 ? NOTHING : fieldAt(bytes, at + 157, 100),
    realSize: type === 'S' ? numberAt(bytes, at + 483, 12) : undefined,
    hasMoreMap: type === 'S' && bytes[at + 482] === 1,
  };
}

const SLASH = Buffer.from('/');
const NOTHING = new Uint8Array(0);
const USTAR = [...Buffer.from('ustar\u000000')];

/** True if the block has the checksum of a header. */
export function isChecked(bytes: Uint8Array, at: number): boolean {
  const stored = octalAt(bytes, at + 148, 8);
  if (stored === undefined) return false;
  let sum = 0;
  for (let index = at; index < at + BLOCK; index++) sum += bytes[index] ?? 0;
  // The checksum field itself counts as spaces.
  for (let index = at + 148; index < at + 156; index++) sum += 0x20 - (bytes[index] ?? 0);
  if (stored === sum) return true;
  // Some old programs sum signed bytes.
  for (let index = at; index < at + BLOCK; index++)
    if ((bytes[index] ?? 0) > 127 && (index < at + 148 || index >= at + 156)) sum -= 256;
  return stored === sum;
}

export function isZero(bytes: Uint8Array, at: number): boolean {
  for (let index = at; index < at + BLOCK; index++) if (bytes[index] !== 0) return false;
  return true;
}

function fieldAt(bytes: Uint8Array, start: number, length: number): Uint8Array {
  let end = start;
  while (end < start + length && bytes[end] !== 0) end++;
  return bytes.subarray(start, end);
}

/** Octal digits, or if the first bit is set, a binary number in the remaining bytes. */
function numberAt(block: Uint8Array, start: number, length: number): number {
  const first = block[start] ?? 0;
  if (first < 0x80) {
    const value = octalAt(block, start, length);
    if (value === undefined) throw new Unreadable('A tar file is damaged: a size is not a number');
    return value;
  }
  let value = first & 0x7f;
  for (let index = start + 1; index < start + length; index++) value = value * 256 + (block[index] ?? 0);
  // Negative sizes have the next bit set. They are as invalid as sizes larger than any disk.
  if (!Number.isSafeInteger(value)) throw new Unreadable('A tar file is damaged: a size is not a number');
  return value;
}

/** Undefined for any other characters; an empty field is 0. */
function octalAt(block: Uint8Array, start: number, length: number): number | undefined {
  let value = 0;
  let isBegun = false;
  for (let index = start; index < start + length; index++) {
    const byte = block[index] ?? 0;
    if (byte === 0x20 && !isBegun) continue;
    if (byte === 0 || byte === 0x20) break;
    if (byte < 0x30 || byte > 0x37) return undefined;
    isBegun = true;
    value = value * 8 + (byte - 0x30);
  }
  return value;
}
