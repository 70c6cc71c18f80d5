import type { DockerfileModel, Instruction, Stage } from '../dockerfile/model';
import { toolOf } from '../shell/options';
import type { Interests } from './interests';
import type { Visitor } from './rule';

export interface Visiting {
  /** Asked for when there is something to visit. */
  readonly visitor: Visitor;
  /** Called with what it throws; its hooks are not called again. */
  fail(error: unknown): void;
}

/** One walk over the file for all visitors. */
export function walk(
  dockerfile: DockerfileModel,
  /** By the place of its rule in `interests`; undefined for rules that are off. */
  visitors: readonly (Visiting | undefined)[],
  interests: Interests,
): void {
  const failed = new Set<Visiting>();
  const call = (index: number, hook: (visitor: Visitor) => void): void => {
    const visiting = visitors[index];
    if (!visiting || (failed.size > 0 && failed.has(visiting))) return;
    try {
      hook(visiting.visitor);
    } catch (error) {
      failed.add(visiting);
      visiting.fail(error);
    }
  };
  const visit = (instruction: Instruction): void => {
    const onInstruction = (visitor: Visitor): void => visitor.instruction?.(instruction);
    for (const index of interests.inInstruction(instruction.keyword)) call(index, onInstruction);
    if (instruction.trigger) visit(instruction.trigger);
    for (const command of instruction.script?.commands ?? []) {
      const onCommand = (visitor: Visitor): void => visitor.command?.(command, instruction);
      for (const index of interests.inCommand(instruction.keyword, command.name, toolOf(command).tool))
        call(index, onCommand);
    }
  };
  const leave = (stage: Stage): void => {
    const onStage = (visitor: Visitor): void => visitor.stage?.(stage);
    for (const index of interests.everywhere) call(index, onStage);
  };
  let stage: Stage | undefined;
  for (const instruction of dockerfile.instructions) {
    if (stage && instruction.stage !== stage) leave(stage);
    stage = instruction.stage;
    visit(instruction);
  }
  if (stage) leave(stage);
  const onFile = (visitor: Visitor): void => visitor.file?.(dockerfile);
  for (const index of interests.everywhere) call(index, onFile);
}
