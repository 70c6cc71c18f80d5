import { inflateRawSync } from 'node:zlib';

/** The files of a zip by their names, each unpacked when asked for. No ZIP64, no encryption: what vsce writes has neither. */
export function readZip(bytes) {
  const files = new Map();
  let at = bytes.readUInt32LE(bytes.lastIndexOf(Buffer.from('PK\u0005\u0006')) + 16);
  while (bytes.readUInt32LE(at) === 0x02014b50) {
    const [name, extra, comment] = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset));
    const [isPacked, size, start] = [
      bytes.readUInt16LE(at + 10) === 8,
      bytes.readUInt32LE(at + 20),
      bytes.readUInt32LE(at + 42),
    ];
    files.set(bytes.toString('utf8', at + 46, at + 46 + name), () => {
      const content = start + 30 + bytes.readUInt16LE(start + 26) + bytes.readUInt16LE(start + 28);
      const packed = bytes.subarray(content, content + size);
      return isPacked ? inflateRawSync(packed) : packed;
    });
    at += 46 + name + extra + comment;
  }
  return files;
}
