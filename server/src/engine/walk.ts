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
  readonly #listed = new Map<readonly number[], readonly Visiting[]>();
  #everywhere: Record<keyof Visitor, readonly Visiting[]> | undefined;

  constructor(
    /** By the index of the rule in `interests`; undefined for rules that are off. */
    private readonly visitors: readonly (Visiting | undefined)[],
    private readonly interests: Interests,
    /** To hadolint, `sudo apt-get` is a call of sudo. */
    private readonly dialect?: RuleSettings['dialect'],
  ) {}

  visit(instruction: Instruction): void {
    this.#callInstruction(this.#ofHook('instruction'), instruction);
    this.#callInstruction(this.#visitingAt(this.interests.ofKeyword(instruction.keyword)), instruction);
    if (instruction.trigger) this.visit(instruction.trigger);
    const { script } = instruction;
    // A script that the shell would reject may not be what it looks like.
    if (!script || script.errors.length > 0) return;
    for (const command of script.commands) this.#visitCommand(command, instruction);
  }

  visitStage({ instructions, stage }: StagePart): void {
    for (const instruction of instructions) this.visit(instruction);
    if (!stage) return;
    for (const visiting of this.#ofHook('stage')) {
      try {
        visiting.visitor.stage?.(stage);
      } catch (error) {
        visiting.fail(error);
      }
    }
  }

  /** After all others. */
  leaveFile(dockerfile: DockerfileModel): void {
    for (const visiting of this.#ofHook('file')) {
      try {
        visiting.visitor.file?.(dockerfile);
      } catch (error) {
        visiting.fail(error);
      }
    }
  }

  #visitCommand(command: ShellCommand, on: Instruction): void {
    this.#callCommand(this.#ofHook('command'), command, on);
    const isSudo = this.dialect === 'hadolint' && command.wrappers[0]?.value === 'sudo';
    if (on.keyword !== 'RUN' || isSudo) return;
    const { tool } = toolOf(command);
    const known = this.#visitingAt(this.interests.ofTool(tool));
    this.#callCommand(known, command, on);
    if (tool === command.name) return;
    const others = this.#visitingAt(this.interests.ofTool(command.name)).filter(
      (visiting) => !known.includes(visiting),
    );
    this.#callCommand(others, command, on);
  }

  #callInstruction(visitings: readonly Visiting[], node: Instruction): void {
    for (const visiting of visitings) {
      try {
        visiting.visitor.instruction?.(node);
      } catch (error) {
        visiting.fail(error);
      }
    }
  }

  #callCommand(visitings: readonly Visiting[], command: ShellCommand, on: Instruction): void {
    for (const visiting of visitings) {
      try {
        visiting.visitor.command?.(command, on);
      } catch (error) {
        visiting.fail(error);
      }
    }
  }

  #visitingAt(indexes: readonly number[]): readonly Visiting[] {
    let list = this.#listed.get(indexes);
    if (!list) {
      list = indexes.flatMap((index) => this.visitors[index] ?? []);
      this.#listed.set(indexes, list);
    }
    return list;
  }

  /** Of the visitors that look at anything, those that have this hook. */
  #ofHook(hook: keyof Visitor): readonly Visiting[] {
    this.#everywhere ??= this.#hooks();
    return this.#everywhere[hook];
  }

  #hooks(): Record<keyof Visitor, readonly Visiting[]> {
    const hooks = { instruction: [], command: [], stage: [], file: [] } as Record<keyof Visitor, Visiting[]>;
    for (const visiting of this.#visitingAt(this.interests.everywhere)) {
      try {
        const { visitor } = visiting;
        for (const hook of HOOKS) if (visitor[hook]) hooks[hook].push(visiting);
      } catch (error) {
        visiting.fail(error);
      }
    }
    return hooks;
  }
}

const HOOKS = ['instruction', 'command', 'stage', 'file'] as const;
