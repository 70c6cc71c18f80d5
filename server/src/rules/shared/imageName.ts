import type { ImageReference } from '../../dockerfile/model';

/** `python:3.11`, as messages name an image. */
export function imageName({ repository, tag }: ImageReference): string {
  return tag === undefined ? repository : `${repository}:${tag}`;
}
