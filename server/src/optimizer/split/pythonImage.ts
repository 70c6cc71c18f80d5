import type { Site } from '../../app/site';
import type { Stage } from '../../dockerfile/model';
import { runtimeImageOf } from './runtimeImage';

/**
 * The uv images are the official Python images with uv added: `0.9-python3.12-bookworm-slim` is
 * `python:3.12-slim-bookworm` (docs.astral.sh/uv/guides/integration/docker, 2026-11).
 */
const OF_UV = /^(?:[\d.]+-)?python(3\.\d+)-(?:(alpine[\d.]*)|([a-z]+?)(?:-slim)?)$/;

export function isUvImage({ base }: Pick<Stage, 'base'>): boolean {
  return base.kind === 'image' && base.image.registry === 'ghcr.io' && base.image.repository === 'astral-sh/uv';
}

/** The image that the program runs on; undefined if none is known. */
export function pythonRuntime(site: Site): string | undefined {
  const { base } = site.stage;
  if (!isUvImage(site.stage) || base.kind !== 'image') return runtimeImageOf(site);
  const [, version, alpine, release = ''] = OF_UV.exec(base.image.tag ?? '') ?? [];
  if (version === undefined || !base.image.isLiteral || base.image.digest !== undefined) return undefined;
  return `python:${version}-${alpine ?? `slim-${release}`}`;
}
