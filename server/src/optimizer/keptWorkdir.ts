import { parseImageReference } from '../dockerfile/imageReference';
import type { Instruction, Stage } from '../dockerfile/model';
import { baseWorkdir } from '../knowledge/baseWorkdir';

/** The first WORKDIR, or the COPY before it for which the working directory of the base image counts. */
export function firstPlaced({ instructions }: Pick<Stage, 'instructions'>): Instruction | undefined {
  return instructions.find(
    ({ keyword, args }) => keyword === 'WORKDIR' || (/^(?:COPY|ADD)$/.test(keyword) && !isAbsolute(args.at(-1)?.text)),
  );
}

/**
 * A WORKDIR for a stage that moves to another image and so far relied on that of its own: relative paths keep their
 * meaning. Empty where both images have the same, and where the stage has no relative path.
 */
export function keptWorkdir(stage: Stage, image: string): string[] {
  const { base, instructions } = stage;
  const home = base.kind === 'image' ? baseWorkdir(base.image) : '/';
  const target = parseImageReference(image, { start: 0, end: image.length }, true);
  if (!target || home === baseWorkdir(target)) return [];
  const first = firstPlaced(stage);
  const isSet = first?.keyword === 'WORKDIR' && isAbsolute(first.expand(first.args[0]?.text ?? ''));
  const copies = instructions.filter(({ keyword }) => keyword === 'COPY' || keyword === 'ADD');
  const starts = instructions.filter(({ keyword }) => keyword === 'CMD' || keyword === 'ENTRYPOINT');
  // Beside a single program there is nothing that it could read by a relative path.
  const isAlone =
    copies.length <= 1 &&
    copies.every(({ args }) => isAbsolute(args.at(-1)?.text)) &&
    starts.every(({ args, form }) => form === 'exec' && !/^\.|^[^/]+\//.test(args[0]?.value ?? ''));
  return isSet || isAlone ? [] : [`WORKDIR ${home}`];
}

function isAbsolute(path = ''): boolean {
  return /^["']?\//.test(path);
}
