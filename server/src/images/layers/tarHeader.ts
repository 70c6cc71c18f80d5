import { Unreadable } from './unreadable';

export const BLOCK = 512;

/** One block of a tar file as it stands there; names are parts of the block and valid as long as that. */
export interface TarHeader {
  /** The type flag: `0` a file, `5` a folder, `x` an extension of the next … */
  readonly type: string;
  /** Bytes that follow in the archive. */
  readonly size: number;
  readonly name: Uint8Array;
  readonly link: Uint8Array;
  /** Of an old GNU sparse file: its size when unpacked. */
  readonly realSize: number | undefined;
  /** Of an old GNU sparse file: blocks with more of its map follow. */
  readonly hasMoreMap: boolean;
}

/** Undefined for a block of zeros, which ends an archive. */
export function readTarHeader(block: Uint8Array): TarHeader | undefined {
  if (!isChecked(block)) {
    if (block.every((byte) => byte === 0)) return undefined;
    throw new Unreadable('A tar file is damaged: a header has a wrong checksum');
  }
  const type = String.fromCharCode(block[156] || 0x30);
  const isUstar = textAt(block, 257, 8) === 'ustar\u000000';
  const prefix = isUstar ? fieldAt(block, 345, 155) : undefined;
  const name = fieldAt(block, 0, 100);
  return {
    type,
    size: numberAt(block, 124, 12),
    name: prefix && prefix.length > 0 ? Buffer.concat([prefix, SLASH, name]) : name,
    link: fieldAt(block, 157, 100),
    realSize: type === 'S' ? numberAt(block, 483, 12) : undefined,
    hasMoreMap: type === 'S' && block[482] === 1,
  };
}

const SLASH = Buffer.from('/');

/** True for the header of an entry, by its checksum. */
export function isChecked(block: Uint8Array): boolean {
  const stored = octalAt(block, 148, 8);
  if (stored === undefined) return false;
  // The checksum itself counts as blanks. Some old programs sum signed bytes.
  let sum = 8 * 32;
  let signed = 8 * 32;
  for (let index = 0; index < BLOCK; index++) {
    if (index >= 148 && index < 156) continue;
    const byte = block[index] ?? 0;
    sum += byte;
    signed += byte > 127 ? byte - 256 : byte;
  }
  return stored === sum || stored === signed;
}

function fieldAt(block: Uint8Array, start: number, length: number): Uint8Array {
  const end = block.indexOf(0, start);
  return block.subarray(start, end < 0 || end > start + length ? start + length : end);
}

function textAt(block: Uint8Array, start: number, length: number): string {
  return Buffer.from(block.subarray(start, start + length)).toString('latin1');
}

/** Octal digits, or with the first bit set a binary number of the remaining bytes. */
function numberAt(block: Uint8Array, start: number, length: number): number {
  const first = block[start] ?? 0;
  if (first < 0x80) {
    const value = octalAt(block, start, length);
    if (value === undefined) throw new Unreadable('A tar file is damaged: a size is no number');
    return value;
  }
  let value = first & 0x7f;
  for (let index = start + 1; index < start + length; index++) value = value * 256 + (block[index] ?? 0);
  // Negative ones have the next bit set, and are as senseless as those that no disk holds.
  if (!Number.isSafeInteger(value)) throw new Unreadable('A tar file is damaged: a size is no number');
  return value;
}

/** Undefined when other characters stand there; nothing at all is 0. */
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
