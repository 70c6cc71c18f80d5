import { createBlobSink } from './blobSink';
import { type ImageConfig, readManifest } from './imageManifest';
import { type EntryRange, LayerFiles } from './layerFiles';
import { MAX_JSON_BYTES } from './limits';
import { createTarReader, type Sink } from './tarReader';
import { Unreadable } from './unreadable';

/** An image as it was read: its files, its layers from the lowest up, and what its configuration says. */
export interface ReadImage {
  readonly files: LayerFiles;
  readonly layers: readonly EntryRange[];
  /** Of all layers as they lay in the archive; undefined where one was not compressed. */
  readonly compressedBytes: number | undefined;
  readonly config: ImageConfig;
}

/** A file of the archive. */
interface Blob {
  readonly range: EntryRange;
  readonly bytes: number;
  readonly isCompressed: boolean;
}

/**
 * Reads a docker archive (old and new) or an OCI layout, in one pass: which of its files are layers is only told at its end.
 * @param archive may lend each part until it is asked for the next
 * @throws Unreadable
 */
export async function readImageArchive(archive: AsyncIterable<Uint8Array>, signal: AbortSignal): Promise<ReadImage> {
  const files = new LayerFiles();
  const blobs = new Map<string, Blob>();
  const texts = new Map<string, string>();
  const links = new Map<string, string>();
  let jsonBytes = 0;
  const outer = createTarReader(({ type, path, target, size }): Sink | undefined => {
    const name = nameOf(path);
    if (type === 'symlink' || type === 'link') {
      links.set(name, type === 'link' ? nameOf(target) : beside(name, nameOf(target)));
      return undefined;
    }
    if (type !== 'file') return undefined;
    return createBlobSink({
      tar: (isCompressed) => files.reader((range) => blobs.set(name, { range, bytes: size, isCompressed })),
      json: () => {
        jsonBytes += size;
        if (jsonBytes > MAX_JSON_BYTES)
          throw new Unreadable('Descriptions of more than {max} bytes', { max: MAX_JSON_BYTES });
        return collectText((text) => texts.set(name, text));
      },
    });
  });
  for await (const chunk of archive) {
    signal.throwIfAborted();
    await outer.write(chunk);
  }
  await outer.end();
  const at = (name: string): string => {
    let path = name;
    for (let steps = 0; links.has(path) && steps < 10; steps++) path = links.get(path) ?? path;
    return path;
  };
  const manifest = readManifest((name) => texts.get(at(name)));
  const layers = manifest.layers.map((name) => {
    const blob = blobs.get(at(name));
    if (!blob) throw new Unreadable('The layer {name} is not in the archive', { name });
    return blob;
  });
  const isCompressed = layers.length > 0 && layers.every((layer) => layer.isCompressed);
  return {
    files,
    layers: layers.map(({ range }) => range),
    compressedBytes: isCompressed ? layers.reduce((sum, { bytes }) => sum + bytes, 0) : undefined,
    config: manifest.config,
  };
}

function nameOf(path: Uint8Array): string {
  return Buffer.from(path)
    .toString('utf8')
    .replace(/^(?:\.?\/)+/, '');
}

/** Where a relative link beside a file leads. */
function beside(name: string, target: string): string {
  const parts = name.split('/').slice(0, -1);
  for (const part of target.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

function collectText(use: (text: string) => void): Sink {
  const parts: Buffer[] = [];
  return {
    write: (part) => {
      parts.push(Buffer.from(part));
    },
    end: () => use(Buffer.concat(parts).toString('utf8')),
  };
}
