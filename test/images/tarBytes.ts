import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';

/** One entry of a tar file that a test makes. */
export interface TarPart {
  readonly path: string;
  readonly type?: string;
  readonly data?: string | Buffer;
  readonly link?: string;
  /** What the header says instead of the data's length. */
  readonly size?: number | string;
  readonly prefix?: string;
  readonly magic?: string;
  /** Written over the header before it is summed up. */
  readonly patch?: (header: Buffer) => void;
}

export function tar(parts: readonly TarPart[], end: Buffer = Buffer.alloc(1024)): Buffer {
  return Buffer.concat([...parts.map(tarPart), end]);
}

export function tarPart({ path, type = '0', data = '', link = '', size, prefix = '', magic, patch }: TarPart): Buffer {
  const bytes = Buffer.from(data);
  const header = Buffer.alloc(512);
  header.write(path, 0, 100, 'utf8');
  header.write('0000644\0', 100);
  header.write(typeof size === 'string' ? size : octal(size ?? bytes.length, 11), 124, 12, 'latin1');
  header.write(type, 156);
  header.write(link, 157, 100, 'utf8');
  header.write(magic ?? 'ustar\u000000', 257, 'latin1');
  header.write(prefix, 345);
  patch?.(header);
  header.fill(' ', 148, 156);
  header.write(
    `${octal(
      header.reduce((sum, byte) => sum + byte, 0),
      6,
    )}\0 `,
    148,
  );
  return Buffer.concat([header, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)]);
}

function octal(value: number, digits: number): string {
  return value.toString(8).padStart(digits, '0');
}

/** A pax header for the next entry. */
export function pax(records: Readonly<Record<string, string>>, type = 'x'): TarPart {
  const lines = Object.entries(records).map(([key, value]) => {
    const rest = ` ${key}=${value}\n`;
    let length = Buffer.byteLength(rest) + 1;
    while (String(length).length + Buffer.byteLength(rest) !== length) length++;
    return `${length}${rest}`;
  });
  return { path: 'PaxHeaders/x', type, data: lines.join('') };
}

export function sha256(data: Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}

export interface HistoryLine {
  readonly created_by?: string;
  readonly comment?: string;
  readonly empty_layer?: boolean;
}

export interface ImageParts {
  /** As they lie in the archive. */
  readonly layers: readonly Buffer[];
  readonly diffIds?: readonly string[];
  readonly history?: readonly HistoryLine[];
  readonly architecture?: string;
}

function configOf({ layers, diffIds, history, architecture = 'amd64' }: ImageParts): Buffer {
  const ids = diffIds ?? layers.map((layer) => `sha256:${sha256(layer)}`);
  return Buffer.from(JSON.stringify({ architecture, os: 'linux', rootfs: { type: 'layers', diff_ids: ids }, history }));
}

/** As `docker save` wrote it up to version 24: a folder for each layer, the second of two alike a link. */
export function oldDockerArchive(image: ImageParts): Buffer {
  const config = configOf(image);
  const paths = new Map<string, string>();
  const parts: TarPart[] = image.layers.flatMap((layer, index) => {
    const folder = sha256(Buffer.from(`${index}`));
    const path = `${folder}/layer.tar`;
    const known = paths.get(sha256(layer));
    paths.set(sha256(layer), known ?? path);
    return [
      { path: `${folder}/`, type: '5' },
      { path: `${folder}/VERSION`, data: '1.0' },
      { path: `${folder}/json`, data: '{}' },
      known === undefined ? { path, data: layer } : { path, type: '2', link: `../${known}` },
    ];
  });
  const layers = image.layers.map((_, index) => `${sha256(Buffer.from(`${index}`))}/layer.tar`);
  const manifest = [{ Config: `${sha256(config)}.json`, RepoTags: ['x:y'], Layers: layers }];
  return tar([
    ...parts,
    { path: `${sha256(config)}.json`, data: config },
    { path: 'manifest.json', data: JSON.stringify(manifest) },
    { path: 'repositories', data: '{}' },
  ]);
}

/** As `docker save` writes it from version 25 on: both in one. */
export function newDockerArchive(image: ImageParts): Buffer {
  const config = configOf(image);
  const manifest = [
    { Config: `blobs/sha256/${sha256(config)}`, Layers: image.layers.map((layer) => `blobs/sha256/${sha256(layer)}`) },
  ];
  return tar([
    { path: 'blobs/', type: '5' },
    ...unique([...image.layers, config]),
    { path: 'index.json', data: '{"schemaVersion":2,"manifests":[]}' },
    { path: 'manifest.json', data: JSON.stringify(manifest) },
    { path: 'oci-layout', data: '{"imageLayoutVersion":"1.0.0"}' },
  ]);
}

/** An OCI layout with an index of platforms, and an attestation as BuildKit puts one there. */
export function ociLayout(images: readonly ImageParts[]): Buffer {
  const blobs: Buffer[] = [];
  const add = (data: Buffer, more: object = {}) => {
    blobs.push(data);
    return { digest: `sha256:${sha256(data)}`, size: data.length, ...more };
  };
  const manifests = images.map((image) => {
    const config = add(configOf(image));
    const layers = image.layers.map((layer) => add(layer));
    const platform = { os: 'linux', architecture: image.architecture ?? 'amd64' };
    return add(Buffer.from(JSON.stringify({ schemaVersion: 2, config, layers })), { platform });
  });
  const attestation = add(
    Buffer.from(JSON.stringify({ schemaVersion: 2, config: add(Buffer.from('{}')), layers: [] })),
    {
      platform: { os: 'unknown', architecture: 'unknown' },
    },
  );
  const missing = { digest: `sha256:${'0'.repeat(64)}`, platform: { os: 'linux', architecture: 'amd64' } };
  const index = add(Buffer.from(JSON.stringify({ schemaVersion: 2, manifests: [attestation, missing, ...manifests] })));
  return tar([
    { path: './index.json', data: JSON.stringify({ schemaVersion: 2, manifests: [index] }) },
    { path: './oci-layout', data: '{}' },
    ...unique(blobs).map((part) => ({ ...part, path: `./${part.path}` })),
  ]);
}

function unique(blobs: readonly Buffer[]): TarPart[] {
  return [...new Map(blobs.map((blob) => [sha256(blob), blob]))].map(([digest, data]) => ({
    path: `blobs/sha256/${digest}`,
    data,
  }));
}

/** As it comes out of a pipe: in parts that end anywhere. */
export function inParts(data: Buffer, size: number): Readable {
  const parts = Array.from({ length: Math.ceil(data.length / size) }, (_, index) =>
    data.subarray(index * size, (index + 1) * size),
  );
  return Readable.from(parts, { objectMode: true });
}
