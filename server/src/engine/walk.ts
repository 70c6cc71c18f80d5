import type { DockerfileModel, Instruction, Stage } from '../dockerfile/model';
import { toolOf } from '../shell/options';
import type { ShellCommand } from '../shell/script';
import type { Interests } from './interests';
import type { Visitor } from './rule';

export interface Visiting {
  /** Asked for when there is something to visit. */
  readonly visitor: Visitor;
  /** Called with what it throws; from then on its visitor has no hooks. */
  fail(error: unknown): void;
}

/** One walk over the file for all visitors. In a large folder it makes millions of calls: no list and no function for one. */
export function walk(
  dockerfile: DockerfileModel,
  /** By the place of its rule in `interests`; undefined for rules that are off. */
  visitors: readonly (Visiting | undefined)[],
  interests: Interests,
): void {
  const ofInstruction: Visiting[] = [];
  const ofCommand: Visiting[] = [];
  const ofStage: Visiting[] = [];
  const ofFile: Visiting[] = [];
  for (const index of interests.everywhere) {
    const visiting = visitors[index];
    if (!visiting) continue;
    try {
      const { visitor } = visiting;
      if (visitor.instruction) ofInstruction.push(visiting);
      if (visitor.command) ofCommand.push(visiting);
      if (visitor.stage) ofStage.push(visiting);
      if (visitor.file) ofFile.push(visiting);
    } catch (error) {
      visiting.fail(error);
    }
  }
  const listed = new Map<readonly number[], readonly Visiting[]>();
  const visitingAt = (indexes: readonly number[]): readonly Visiting[] => {
    let list = listed.get(indexes);
    if (!list) {
      list = indexes.flatMap((index) => visitors[index] ?? []);
      listed.set(indexes, list);
    }
    return list;
  };

  const callInstruction = (visitings: readonly Visiting[], node: Instruction): void => {
    for (const visiting of visitings) {
      try {
        visiting.visitor.instruction?.(node);
      } catch (error) {
        visiting.fail(error);
      }
    }
  };
  const callCommand = (visitings: readonly Visiting[], command: ShellCommand, on: Instruction): void => {
    for (const visiting of visitings) {
      try {
        visiting.visitor.command?.(command, on);
      } catch (error) {
        visiting.fail(error);
      }
    }
  };
  const visitCommand = (command: ShellCommand, on: Instruction): void => {
    callCommand(ofCommand, command, on);
    if (on.keyword !== 'RUN') return;
    const { tool } = toolOf(command);
    const known = visitingAt(interests.ofTool(tool));
    callCommand(known, command, on);
    if (tool === command.name) return;
    const others = visitingAt(interests.ofTool(command.name)).filter((visiting) => !known.includes(visiting));
    callCommand(others, command, on);
  };
  const visit = (instruction: Instruction): void => {
    callInstruction(ofInstruction, instruction);
    callInstruction(visitingAt(interests.ofKeyword(instruction.keyword)), instruction);
    if (instruction.trigger) visit(instruction.trigger);
    const { script } = instruction;
    // What the shell would refuse is not certain to be what it looks like.
    if (!script || script.errors.length > 0) return;
    for (const command of script.commands) visitCommand(command, instruction);
  };
  const leave = (stage: Stage): void => {
    for (const visiting of ofStage) {
      try {
        visiting.visitor.stage?.(stage);
      } catch (error) {
        visiting.fail(error);
      }
    }
  };
  let stage: Stage | undefined;
  for (const instruction of dockerfile.instructions) {
    if (stage && instruction.stage !== stage) leave(stage);
    stage = instruction.stage;
    visit(instruction);
  }
  if (stage) leave(stage);
  for (const visiting of ofFile) {
    try {
      visiting.visitor.file?.(dockerfile);
    } catch (error) {
      visiting.fail(error);
    }
  }
}
