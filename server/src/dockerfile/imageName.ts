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

/**
 * Images whose public tags name no version: Chainguard's without a contract (edu.chainguard.dev, 2026-11), and
 * distroless, with `latest`, `nonroot` and `debug` (github.com/GoogleContainerTools/distroless, 2026-11).
 */
export function hasNoVersions({ registry, repository }: ImageReference): boolean {
  const isChainguard = (registry === 'cgr.dev' || registry === undefined) && repository.startsWith('chainguard/');
  return isChainguard || (registry === 'gcr.io' && repository.startsWith('distroless/'));
}
