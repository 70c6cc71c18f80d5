import { type FromFlag, fromFlags } from '../dockerfile/fromFlags';
import { parseImageReference } from '../dockerfile/imageReference';
import type { DockerfileModel, ImageReference, Instruction } from '../dockerfile/model';
import type { KnowledgeBase } from '../knowledge/knowledgeBase';

/** The images that COPY --from and RUN --mount=from use, each at its first occurrence. */
export function copiedImages(
  { stages, text }: Pick<DockerfileModel, 'stages' | 'text'>,
  knowledge: KnowledgeBase,
  contexts: ReadonlySet<string>,
): (node: Instruction) => ImageReference[] {
  const told = new Set<string>();
  const read = ({ reference, span }: FromFlag): ImageReference[] => {
    if (told.has(reference)) return [];
    told.add(reference);
    const isStage = /^\d+$/.test(reference) || stages.some(({ name }) => name === reference.toLowerCase());
    if (isStage || contexts.has(reference) || reference.includes('$')) return [];
    const image = parseImageReference(reference, span, true);
    // A bare name may be a context from the command line or a misspelling, unless an image with that name exists.
    return image && (/[:/@]/.test(reference) || knowledge.image(image)) ? [image] : [];
  };
  return (node) => fromFlags(node, text).flatMap(read);
}
