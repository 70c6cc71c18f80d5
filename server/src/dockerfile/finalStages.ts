import { copiedStage } from './copiedStage';
import { finalStage, isFromScratch, lineage } from './lineage';
import type { DockerfileModel, Instruction, Stage } from './model';

/** The stages whose layers are in the image: the final stage and those it is built FROM. Other stages are discarded. */
export function finalStages(dockerfile: DockerfileModel): Stage[] {
  const final = finalStage(dockerfile);
  return final ? lineage(final) : [];
}

/**
 * The same; or, for a final stage FROM scratch that copies a whole stage, the stages of that one. Their content is in
 * the image as one layer.
 */
export function contentStages(dockerfile: DockerfileModel): Stage[] {
  const final = finalStage(dockerfile);
  const whole = final && wholeCopy(dockerfile, final);
  return whole ? lineage(whole) : finalStages(dockerfile);
}

/** `FROM scratch` and `COPY --from=build / /`: the image contains all of that stage. */
function wholeCopy(dockerfile: DockerfileModel, final: Stage): Stage | undefined {
  if (!isFromScratch(final)) return undefined;
  const copy = final.instructions.find(
    ({ keyword, args }) => keyword === 'COPY' && args.length === 2 && args.every(({ value }) => value === '/'),
  );
  return copy && copiedStage(dockerfile, copy);
}

/** False for instructions of discarded stages. */
export function isInFinalImage(dockerfile: DockerfileModel, node: Instruction): boolean {
  return node.stage !== undefined && finalStages(dockerfile).includes(node.stage);
}

/** The same for what an instruction adds: the image also has it where the final stage copies this whole stage. */
export function addsToFinalImage(dockerfile: DockerfileModel, node: Instruction): boolean {
  return node.stage !== undefined && contentStages(dockerfile).includes(node.stage);
}

/** The instructions that run after `node` in its stage and in the stages built FROM it. */
export function laterInstructions(dockerfile: DockerfileModel, node: Instruction): Instruction[] {
  const { stage } = node;
  if (!stage) return [];
  const all = stageAndBuiltFrom(dockerfile, stage);
  const next = all.findIndex((other) => other.stage !== stage || other.span.start > node.span.start);
  return next < 0 ? [] : all.slice(next);
}

const known = new WeakMap<Stage, readonly Instruction[]>();

/** Listed once per stage: rules ask for each of its instructions what comes later. */
function stageAndBuiltFrom({ stages }: DockerfileModel, stage: Stage): readonly Instruction[] {
  let instructions = known.get(stage);
  if (!instructions) {
    const descendants = new Set([stage]);
    for (const other of stages) {
      if (other.base.kind === 'stage' && descendants.has(other.base.stage)) descendants.add(other);
    }
    instructions = [...descendants].flatMap((one) => one.instructions);
    known.set(stage, instructions);
  }
  return instructions;
}
