import { imageText } from './imageReference';
import { bottomStage } from './lineage';
import type { DockerfileModel, ImageReference, Stage } from './model';

/** An image from outside that stages of this file start on. */
export interface BaseImage {
  /** The reference as a program is given it. */
  readonly text: string;
  readonly image: ImageReference;
  /** `linux/arm64`, where each of the stages names it; undefined also for a variable: that is the builder's to say. */
  readonly platform: string | undefined;
  readonly stages: readonly Stage[];
}

export interface BaseImages {
  /** Each once; first the one that the target itself is built on. */
  readonly images: readonly BaseImage[];
  /** Needed stages whose image is not known: a variable has no value, or the text is no reference. */
  readonly unresolved: readonly Stage[];
  readonly hasScratch: boolean;
}

/** The images that the target is built on, and those of the stages that it takes something from. */
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

/** The stages that building the target takes: the one at its bottom first, the others as they stand in the file. */
function neededStages(dockerfile: Pick<DockerfileModel, 'stages'>): readonly Stage[] {
  const { stages } = dockerfile;
  const target = stages.find(({ isFinal }) => isFinal);
  const bottom = bottomStage(dockerfile);
  if (!target || !bottom) return [];
  const needed = new Set([target]);
  // A stage can be used by later ones alone.
  for (const stage of [...stages].reverse())
    if (stage.usedBy.some(({ stage: user }) => user !== undefined && needed.has(user))) needed.add(stage);
  return [bottom, ...stages.filter((stage) => stage !== bottom && needed.has(stage))];
}
