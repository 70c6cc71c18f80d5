import { createBlobSink } from './blobSink';
import { type ImageConfig, readManifest } from './imageManifest';
import { type EntryRange, LayerFiles } from './layerFiles';
import { MAX_JSON_BYTES } from './limits';
import { createTarReader, type Sink } from './tarReader';
import { Unreadable } from './unreadable';

/** An image read from an archive: its files, its layers from the bottom up, and its configuration. */
export interface ReadImage {
  readonly files: LayerFiles;
  readonly layers: readonly EntryRange[];
  /** The size of all layers in the archive; undefined if any was not compressed. */
  readonly compressedBytes: number | undefined;
  readonly config: ImageConfig;
}

/** An archive in parts. It may reuse each part's buffer once the next part is requested. */
export interface Archive extends AsyncIterable<Uint8Array> {
  /** Skips up to that many bytes and returns how many; without it, all bytes are read. */
  skip?(bytes: number): number;
}

/** A file in the archive. */
interface Blob {
  readonly range: EntryRange;
  readonly bytes: number;
  readonly isCompressed: boolean;
}

/**
 * Reads a docker archive (old and new) or an OCI layout in one pass: only its end says which of its files are layers.
 * @throws Unreadable
 */
export async function readImageArchive(archive: Archive, signal: AbortSignal): Promise<ReadImage> {
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
          throw new Unreadable('The metadata is larger than {max} bytes', { max: MAX_JSON_BYTES });
        return collectText((text) => texts.set(name, text));
      },
    });
  });
  for await (const chunk of archive) {
    signal.throwIfAborted();
    const writing = outer.write(chunk);
    if (writing instanceof Promise) await writing;
    const idle = outer.idle();
    if (idle > 0 && archive.skip) outer.skip(archive.skip(idle));
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

/** The target of a relative link in a file's folder. */
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
