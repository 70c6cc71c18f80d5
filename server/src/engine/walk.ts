import type { DockerfileModel, Instruction } from '../dockerfile/model';
import { toolOf } from '../shell/options';
import type { ShellCommand } from '../shell/script';
import type { Interests } from './interests';
import type { StagePart } from './parts';
import type { Visitor } from './rule';
import type { RuleSettings } from './ruleSettings';

export interface Visiting {
  /** Created when there is something to visit. */
  readonly visitor: Visitor;
  /** Called with what the visitor throws; after that, its hooks are no longer called. */
  fail(error: unknown): void;
}

/**
 * Leads visitors over a file or parts of it. In a large folder it makes millions of calls, so it allocates no list or
 * function per call.
 */
export class Walker {
  #everywhere: Record<keyof Visitor, readonly number[]> | undefined;

  constructor(
    /** By the index of the rule in `interests`; undefined for rules that are off. */
    private readonly visitors: readonly (Visiting | undefined)[],
    private readonly interests: Interests,
    /** To hadolint, `sudo apt-get` is a call of sudo. */
    private readonly dialect?: RuleSettings['dialect'],
  ) {}

  visit(instruction: Instruction): void {
    this.#callInstruction(this.#ofHook('instruction'), instruction);
    this.#callInstruction(this.interests.ofKeyword(instruction.keyword), instruction);
    if (instruction.trigger) this.visit(instruction.trigger);
    const { script } = instruction;
    // A script that the shell would reject may not be what it looks like.
    if (!script || script.errors.length > 0) return;
    for (const command of script.commands) this.#visitCommand(command, instruction);
  }

  visitStage({ instructions, stage }: StagePart): void {
    for (const instruction of instructions) this.visit(instruction);
    if (!stage) return;
    for (const index of this.#ofHook('stage')) {
      const visiting = this.visitors[index];
      try {
        visiting?.visitor.stage?.(stage);
      } catch (error) {
        visiting?.fail(error);
      }
    }
  }

  /** After all others. */
  leaveFile(dockerfile: DockerfileModel): void {
    for (const index of this.#ofHook('file')) {
      const visiting = this.visitors[index];
      try {
        visiting?.visitor.file?.(dockerfile);
      } catch (error) {
        visiting?.fail(error);
      }
    }
  }

  #visitCommand(command: ShellCommand, on: Instruction): void {
    this.#callCommand(this.#ofHook('command'), command, on);
    const isSudo = this.dialect === 'hadolint' && command.wrappers[0]?.value === 'sudo';
    if (on.keyword !== 'RUN' || isSudo) return;
    const { tool } = toolOf(command);
    const known = this.interests.ofTool(tool);
    this.#callCommand(known, command, on);
    if (tool === command.name) return;
    const others = this.interests.ofTool(command.name).filter((index) => !known.includes(index));
    this.#callCommand(others, command, on);
  }

  #callInstruction(indexes: readonly number[], node: Instruction): void {
    for (const index of indexes) {
      const visiting = this.visitors[index];
      try {
        visiting?.visitor.instruction?.(node);
      } catch (error) {
        visiting?.fail(error);
      }
    }
  }

  #callCommand(indexes: readonly number[], command: ShellCommand, on: Instruction): void {
    for (const index of indexes) {
      const visiting = this.visitors[index];
      try {
        visiting?.visitor.command?.(command, on);
      } catch (error) {
        visiting?.fail(error);
      }
    }
  }

  /** Of the visitors that look at anything, those that have this hook. */
  #ofHook(hook: keyof Visitor): readonly number[] {
    this.#everywhere ??= this.#hooks();
    return this.#everywhere[hook];
  }

  #hooks(): Record<keyof Visitor, readonly number[]> {
    const hooks = { instruction: [], command: [], stage: [], file: [] } as Record<keyof Visitor, number[]>;
    for (const index of this.interests.everywhere) {
      const visiting = this.visitors[index];
      try {
        for (const hook of HOOKS) if (visiting?.visitor[hook]) hooks[hook].push(index);
      } catch (error) {
        visiting?.fail(error);
      }
    }
    return hooks;
  }
}

const HOOKS = ['instruction', 'command', 'stage', 'file'] as const;
