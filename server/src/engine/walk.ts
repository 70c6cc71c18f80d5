import type { DockerfileModel, Instruction, Stage } from '../dockerfile/model';
import type { ShellCommand } from '../shell/script';
import type { Visitor } from './rule';

/** One walk over the file for all visitors. A hook that nobody has costs nothing: without `command` no script is parsed. */
export function walk<Owner>(
  dockerfile: DockerfileModel,
  visitors: readonly { readonly owner: Owner; readonly visitor: Visitor }[],
  /** Called with what a hook throws; the owner's hooks are not called again. */
  onError: (owner: Owner, error: unknown) => void,
): void {
  const failed = new Set<Owner>();
  // Called for every command by every rule: no arrays of arguments, no look at the set while it is empty.
  const caller = <A, B = undefined>(
    hookOf: (visitor: Visitor) => ((a: A, b: B) => void) | undefined,
  ): ((a: A, b: B) => void) | undefined => {
    const owners: Owner[] = [];
    const calls: ((a: A, b: B) => void)[] = [];
    for (const { owner, visitor } of visitors) {
      const hook = hookOf(visitor);
      if (!hook) continue;
      owners.push(owner);
      calls.push(hook.bind(visitor));
    }
    if (calls.length === 0) return undefined;
    return (a, b) => {
      for (let index = 0; index < calls.length; index++) {
        const owner = owners[index] as Owner;
        if (failed.size > 0 && failed.has(owner)) continue;
        try {
          calls[index]?.(a, b);
        } catch (error) {
          failed.add(owner);
          onError(owner, error);
        }
      }
    };
  };
  const onInstruction = caller<Instruction>((visitor) => visitor.instruction);
  const onCommand = caller<ShellCommand, Instruction>((visitor) => visitor.command);
  const onStage = caller<Stage>((visitor) => visitor.stage);
  const onFile = caller<DockerfileModel>((visitor) => visitor.file);

  const visit = (instruction: Instruction): void => {
    onInstruction?.(instruction, undefined);
    if (instruction.trigger) visit(instruction.trigger);
    if (!onCommand) return;
    for (const command of instruction.script?.commands ?? []) onCommand(command, instruction);
  };
  let stage: Stage | undefined;
  for (const instruction of dockerfile.instructions) {
    if (stage && instruction.stage !== stage) onStage?.(stage, undefined);
    stage = instruction.stage;
    if (onInstruction || onCommand) visit(instruction);
  }
  if (stage) onStage?.(stage, undefined);
  onFile?.(dockerfile, undefined);
}
