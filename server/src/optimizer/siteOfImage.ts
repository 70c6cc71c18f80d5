import { createSite, type Site } from '../app/site';
import { imageStage } from '../dockerfile/lineage';
import type { TransformSite } from './transform';

/** What is known of the image that the file builds; undefined where a transform of that image has nothing to go by. */
export function siteOfImage({ dockerfile, knowledge, buildContext, config }: TransformSite): Site | undefined {
  const stage = imageStage(dockerfile);
  if (!stage || !buildContext || dockerfile.errors.length > 0 || config?.settings.targetStage !== undefined)
    return undefined;
  return createSite(dockerfile, stage, knowledge, buildContext, config?.settings.services);
}
