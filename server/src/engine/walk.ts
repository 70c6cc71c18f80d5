import type { DockerfileModel, Instruction, Stage } from '../dockerfile/model';
import { toolOf } from '../shell/options';
import type { ShellCommand } from '../shell/script';
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
  const call = (visiting: Visiting | undefined, hook: (visitor: Visitor) => void): void => {
    if (!visiting || (failed.size > 0 && failed.has(visiting))) return;
    try {
      hook(visiting.visitor);
    } catch (error) {
      failed.add(visiting);
      visiting.fail(error);
    }
  };
  const everywhere = interests.everywhere.flatMap((index) => visitors[index] ?? []);
  const having = (name: keyof Visitor): readonly Visiting[] => {
    const found: Visiting[] = [];
    for (const visiting of everywhere) {
      call(visiting, (visitor) => {
        if (visitor[name]) found.push(visiting);
      });
    }
    return found;
  };
  const ofInstruction = having('instruction');
  const ofCommand = having('command');
  const ofStage = having('stage');
  const ofFile = having('file');

  const visitCommand = (command: ShellCommand, on: Instruction): void => {
    const hook = (visitor: Visitor): void => visitor.command?.(command, on);
    for (const visiting of ofCommand) call(visiting, hook);
    if (on.keyword !== 'RUN') return;
    const { tool } = toolOf(command);
    for (const index of interests.ofTool(tool)) call(visitors[index], hook);
    if (tool === command.name) return;
    const known = interests.ofTool(tool);
    for (const index of interests.ofTool(command.name)) if (!known.includes(index)) call(visitors[index], hook);
  };
  const visit = (instruction: Instruction): void => {
    const hook = (visitor: Visitor): void => visitor.instruction?.(instruction);
    for (const visiting of ofInstruction) call(visiting, hook);
    for (const index of interests.ofKeyword(instruction.keyword)) call(visitors[index], hook);
    if (instruction.trigger) visit(instruction.trigger);
    // What the shell would refuse is not certain to be what it looks like.
    if (!instruction.script || instruction.script.errors.length > 0) return;
    for (const command of instruction.script.commands) visitCommand(command, instruction);
  };
  const leave = (stage: Stage): void => {
    for (const visiting of ofStage) call(visiting, (visitor) => visitor.stage?.(stage));
  };
  let stage: Stage | undefined;
  for (const instruction of dockerfile.instructions) {
    if (stage && instruction.stage !== stage) leave(stage);
    stage = instruction.stage;
    visit(instruction);
  }
  if (stage) leave(stage);
  for (const visiting of ofFile) call(visiting, (visitor) => visitor.file?.(dockerfile));
}
