import { Unreadable } from './unreadable';

const SPACE = 0x20;
const EQUALS = 0x3d;

/** Values that override an entry's header. */
export interface Extension {
  name?: Uint8Array;
  link?: Uint8Array;
  size?: number;
  realSize?: number;
}

/** The values of a pax header for the next entry; without attributes that are not used here. */
export function readPaxRecords(data: Uint8Array): Extension {
  const known: Extension = {};
  let sparseName: Uint8Array | undefined;
  for (let at = 0; at < data.length && data[at] !== 0; ) {
    const space = data.indexOf(SPACE, at);
    const length = space < 0 ? Number.NaN : decimal(data.subarray(at, space));
    const end = at + length;
    const equals = data.indexOf(EQUALS, space);
    if (!(length > 0) || end > data.length || equals < 0 || equals >= end)
      throw new Unreadable('A tar file is damaged: an extended header cannot be read');
    const key = Buffer.from(data.subarray(space + 1, equals)).toString('latin1');
    const value = data.slice(equals + 1, end - 1);
    if (key === 'path') known.name = value;
    else if (key === 'linkpath') known.link = value;
    else if (key === 'size') known.size = decimal(value);
    // Both versions of GNU sparse files.
    else if (key === 'GNU.sparse.name') sparseName = value;
    else if (key === 'GNU.sparse.realsize' || key === 'GNU.sparse.size') known.realSize = decimal(value);
    at = end;
  }
  return sparseName ? { ...known, name: sparseName } : known;
}

function decimal(digits: Uint8Array): number {
  const text = Buffer.from(digits).toString('latin1');
  return /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
}
