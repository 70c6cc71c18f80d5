import { arch } from 'node:process';
import { MAX_LAYERS } from './limits';
import { Unreadable } from './unreadable';

/** The parts of an image's configuration that are used here. */
export interface ImageConfig {
  /** `linux/amd64`. */
  readonly platform: string;
  /** Digests of the unpacked layers, from the bottom up. */
  readonly diffIds: readonly string[];
  /** The history; not every builder writes it. */
  readonly history: readonly HistoryEntry[];
}

export interface HistoryEntry {
  readonly createdBy: string;
  readonly comment: string;
  /** The step made no layer. */
  readonly isEmpty: boolean;
}

export interface ImageManifest {
  /** File names of the layers in the archive, from the bottom up. */
  readonly layers: readonly string[];
  readonly config: ImageConfig;
}

/** Node.js's names of processor architectures → those in images. */
const ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'amd64', ia32: '386' };

/**
 * Finds the image in an archive: by `manifest.json` in docker archives, else by the index of an OCI layout, which
 * prefers this machine's platform.
 */
export function readManifest(textOf: (name: string) => string | undefined): ImageManifest {
  const docker = parsed(textOf, 'manifest.json');
  const [image] = arrayOf(docker);
  if (image !== undefined) {
    const { Config: config, Layers: layers } = recordOf(image);
    return manifestOf(textOf, String(config), arrayOf(layers).map(String));
  }
  const index = parsed(textOf, 'index.json');
  if (index === undefined) throw new Unreadable('This is neither a Docker archive nor an OCI layout');
  const candidates = manifestsOf(textOf, index, 0);
  const own = `linux/${ARCHITECTURES[arch] ?? arch}`;
  const chosen =
    candidates.find(({ platform }) => platform.startsWith(own)) ??
    candidates.find(({ platform }) => platform !== 'unknown/unknown');
  if (!chosen) throw new Unreadable('The archive contains no image');
  const { config, layers } = recordOf(chosen.manifest);
  return manifestOf(textOf, blobName(config), arrayOf(layers).map(blobName));
}

interface Candidate {
  /** '' if the index does not say. */
  readonly platform: string;
  readonly manifest: unknown;
}

/** An index can contain other indexes, one for each platform. Entries that are not in the archive are left out. */
function manifestsOf(textOf: (name: string) => string | undefined, index: unknown, depth: number): Candidate[] {
  return arrayOf(recordOf(index)['manifests']).flatMap((descriptor) => {
    const { platform } = recordOf(descriptor);
    const manifest = parsed(textOf, blobName(descriptor));
    if (manifest === undefined) return [];
    if (Array.isArray(recordOf(manifest)['manifests']))
      return depth < 3 ? manifestsOf(textOf, manifest, depth + 1) : [];
    return [{ platform: platform === undefined ? '' : platformOf(recordOf(platform)), manifest }];
  });
}

function manifestOf(
  textOf: (name: string) => string | undefined,
  configName: string,
  layers: readonly string[],
): ImageManifest {
  if (layers.length > MAX_LAYERS) throw new Unreadable('More than {max} layers', { max: MAX_LAYERS });
  const config = recordOf(parsed(textOf, configName));
  const diffIds = arrayOf(recordOf(config['rootfs'])['diff_ids']).map(String);
  return {
    layers,
    config: {
      platform: platformOf(config),
      diffIds: layers.map((layer, index) => diffIds[index] ?? layer),
      history: arrayOf(config['history']).map((entry) => {
        const { created_by: createdBy, comment, empty_layer: isEmpty } = recordOf(entry);
        return { createdBy: textOr(createdBy), comment: textOr(comment), isEmpty: isEmpty === true };
      }),
    },
  };
}

function platformOf({ os, architecture, variant }: Readonly<Record<string, unknown>>): string {
  return [os, architecture, variant].filter((part) => typeof part === 'string' && part !== '').join('/');
}

/** The path of a descriptor's blob: `blobs/sha256/…`. */
function blobName(descriptor: unknown): string {
  return `blobs/${textOr(recordOf(descriptor)['digest']).replace(':', '/')}`;
}

function parsed(textOf: (name: string) => string | undefined, name: string): unknown {
  const text = textOf(name);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new Unreadable('{name} in the archive is not valid JSON', { name });
  }
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function arrayOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function textOr(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
