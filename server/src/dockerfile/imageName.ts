import type { ImageReference } from './model';

/** `python:3.11`, `ghcr.io/team/app:1`: an image as messages name it. */
export function imageName(image: ImageReference): string {
  const repository = repositoryName(image);
  return image.tag === undefined ? repository : `${repository}:${image.tag}`;
}

/** The same without the tag. */
export function repositoryName({ registry, repository }: ImageReference): string {
  return registry === undefined ? repository : `${registry}/${repository}`;
}

/** Chainguard's images without a contract: only `latest` and `latest-dev` (edu.chainguard.dev, 2026-11). */
export function hasOnlyLatest({ registry, repository }: ImageReference): boolean {
  return (registry === 'cgr.dev' || registry === undefined) && repository.startsWith('chainguard/');
}
