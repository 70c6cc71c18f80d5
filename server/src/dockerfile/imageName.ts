import type { ImageReference } from './model';

/** `python:3.11`, `ghcr.io/team/app:1`, as messages name an image. */
export function imageName(image: ImageReference): string {
  const repository = repositoryName(image);
  return image.tag === undefined ? repository : `${repository}:${image.tag}`;
}

/** The same without its tag. */
export function repositoryName({ registry, repository }: ImageReference): string {
  return registry === undefined ? repository : `${registry}/${repository}`;
}

/** Chainguard's images without a contract: `latest` and `latest-dev` alone (edu.chainguard.dev, 2026-11). */
export function hasOnlyLatest({ registry, repository }: ImageReference): boolean {
  return (registry === 'cgr.dev' || registry === undefined) && repository.startsWith('chainguard/');
}
