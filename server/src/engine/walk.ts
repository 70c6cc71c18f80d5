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
  const caller = <Args extends unknown[]>(
    hookOf: (visitor: Visitor) => ((...args: Args) => void) | undefined,
  ): ((...args: Args) => void) | undefined => {
    const hooks = visitors.flatMap(({ owner, visitor }) => {
      const hook = hookOf(visitor);
      return hook ? [{ owner, call: hook.bind(visitor) as (...args: Args) => void }] : [];
    });
    if (hooks.length === 0) return undefined;
    return (...args) => {
      for (const { owner, call } of hooks) {
        if (failed.has(owner)) continue;
        try {
          call(...args);
        } catch (error) {
          failed.add(owner);
          onError(owner, error);
        }
      }
    };
  };
  const onInstruction = caller<[Instruction]>((visitor) => visitor.instruction);
  const onCommand = caller<[ShellCommand, Instruction]>((visitor) => visitor.command);
  const onStage = caller<[Stage]>((visitor) => visitor.stage);
  const onFile = caller<[DockerfileModel]>((visitor) => visitor.file);

  const visit = (instruction: Instruction): void => {
    onInstruction?.(instruction);
    if (instruction.trigger) visit(instruction.trigger);
    if (!onCommand) return;
    for (const command of instruction.script?.commands ?? []) onCommand(command, instruction);
  };
  let stage: Stage | undefined;
  for (const instruction of dockerfile.instructions) {
    if (stage && instruction.stage !== stage) onStage?.(stage);
    stage = instruction.stage;
    if (onInstruction || onCommand) visit(instruction);
  }
  if (stage) onStage?.(stage);
  onFile?.(dockerfile);
}
