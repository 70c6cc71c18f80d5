import { imageText } from './imageReference';
import { bottomStage } from './lineage';
import type { DockerfileModel, ImageReference, Stage } from './model';

/** An external image that stages of this file start from. */
export interface BaseImage {
  /** The reference as passed to a program. */
  readonly text: string;
  readonly image: ImageReference;
  /**
   * `linux/arm64` when every one of the stages names it; also undefined for a variable, because the builder decides.
   */
  readonly platform: string | undefined;
  readonly stages: readonly Stage[];
}

export interface BaseImages {
  /** Each image once; first the one that the target is built on. */
  readonly images: readonly BaseImage[];
  /** Needed stages with an unknown image: a variable has no value, or the text is not a reference. */
  readonly unresolved: readonly Stage[];
  readonly hasScratch: boolean;
}

/** The images of the target and of the stages that it takes something from. */
export function baseImages(dockerfile: Pick<DockerfileModel, 'stages'>): BaseImages {
  const stages = neededStages(dockerfile);
  const images = new Map<string, { text: string; image: ImageReference; stages: Stage[] }>();
  for (const stage of stages) {
    if (stage.base.kind !== 'image') continue;
    const text = imageText(stage.base.image);
    const known = images.get(text);
    if (known) known.stages.push(stage);
    else images.set(text, { text, image: stage.base.image, stages: [stage] });
  }
  return {
    images: [...images.values()].map((image) => ({ ...image, platform: platformOf(image.stages) })),
    unresolved: stages.filter(({ base }) => base.kind === 'unresolved'),
    hasScratch: stages.some(({ base }) => base.kind === 'scratch'),
  };
}

function platformOf([first, ...others]: readonly Stage[]): string | undefined {
  const flagOf = (stage: Stage) => stage.from.flags.find(({ name }) => name === 'platform')?.value;
  const platform = first && flagOf(first);
  const isKnown = platform !== undefined && /^[a-z\d]+\/[a-z\d]+(?:\/[a-z\d]+)?$/.test(platform);
  return isKnown && others.every((stage) => flagOf(stage) === platform) ? platform : undefined;
}

/** The stages that the target needs: first its bottom stage, then the others in file order. */
export function neededStages(dockerfile: Pick<DockerfileModel, 'stages'>): readonly Stage[] {
  const { stages } = dockerfile;
  const target = stages.find(({ isFinal }) => isFinal);
  const bottom = bottomStage(dockerfile);
  if (!target || !bottom) return [];
  const needed = new Set([target]);
  // Only later stages can use a stage, so one pass from the end is enough.
  for (const stage of [...stages].reverse())
    if (stage.usedBy.some(({ stage: user }) => user !== undefined && needed.has(user))) needed.add(stage);
  return [bottom, ...stages.filter((stage) => stage !== bottom && needed.has(stage))];
}
