import { repositoryName } from '../../dockerfile/imageName';
import type { ImageReference } from '../../dockerfile/model';
import type { KnowledgeBase } from '../../knowledge/knowledgeBase';

/** The newest version that is known of an image, as an example of a tag; `<version>` where none is known. */
export function exampleTag(image: ImageReference, knowledge: KnowledgeBase): string {
  const tags = knowledge.tags(repositoryName(image)).map(({ tag }) => tag);
  return tags.find((tag) => /^\d+(?:\.\d+)?$/.test(tag)) ?? '<version>';
}
