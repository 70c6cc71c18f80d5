import type { Site } from '../../app/site';
import { asksForVersion, commandKind } from '../../commands/commandKinds';
import { FULL_ONLY } from '../../commands/slimCommands';
import type { Instruction, Stage } from '../../dockerfile/model';
import { mentionsVariable } from '../../dockerfile/variables';
import type { ShellCommand } from '../../shell/script';
import type { TextEdit } from '../../text/edits';
import { type Guard, isGuard, refuse } from '../transform';
import { isUsedIn } from './argUse';
import { buildPackages } from './buildPackages';
import { buildStageName, installOf, StageLines, sourceOf } from './compose';
import { setupOf } from './setupOf';
import { usesForeignRepository } from './systemNeeds';
import { unknownEffect } from './unknownEffect';

/** An instruction and the kinds of its commands: those of the language, and those that all languages share. */
export interface Role {
  readonly node: Instruction;
  readonly kinds: ReadonlySet<string>;
}

type KindOf = (command: ShellCommand, node: Instruction) => string | Guard | undefined;

/** The role of each instruction in a stage; a guard if one is unknown. */
export function rolesOf({ instructions }: Stage, kindOf: KindOf): Role[] | Guard {
  if (usesForeignRepository(instructions)) return refuse('packages come from a third-party repository');
  const roles: Role[] = [];
  for (const node of instructions) {
    const kinds = kindsOf(node, kindOf);
    if (isGuard(kinds)) return kinds;
    roles.push({ node, kinds });
  }
  return roles;
}

function kindsOf(node: Instruction, kindOf: KindOf): Set<string> | Guard {
  const kinds = new Set<string>();
  if (node.keyword === 'ONBUILD') return refuse('ONBUILD means that other images are built from this one');
  if (node.keyword === 'SHELL' && !node.args.some(({ value }) => /(?:^|\/)(?:ba)?sh$/.test(value)))
    return refuse('SHELL sets an unknown shell');
  if (node.keyword !== 'RUN') return kinds;
  if (!node.script || node.script.errors.length > 0) return refuse('a RUN cannot be parsed');
  for (const command of node.script.commands) {
    const kind = asksForVersion(command) ? 'shell' : (kindOf(command, node) ?? commandKind(command));
    if (kind === undefined) return unknownEffect(command);
    if (typeof kind === 'object') return kind;
    kinds.add(kind);
  }
  return kinds;
}

/** The purpose of a downloaded file is unknown. */
export function fetchGuard(roles: readonly Role[]): Guard | undefined {
  const commands = roles.find(({ kinds }) => kinds.has('fetch'))?.node.script?.commands;
  return (
    commands &&
    refuse('cannot determine what the files from `{name}` are used for', {
      name: commands.find((command) => commandKind(command) === 'fetch')?.name ?? '',
    })
  );
}

/** A role at the current position of the walk. */
export interface Step extends Role {
  readonly index: number;
  readonly text: string;
  /** The builder needs it: this instruction or a later one builds something. */
  readonly isBefore: boolean;
}

/** How a language handles each kind of instruction in a stage. Returned lines belong to the final stage. */
export interface Walk {
  readonly roles: readonly Role[];
  /** The index of the last instruction that builds. */
  readonly lastBuilt: number;
  /** Instructions that may use an ARG in the final stage. */
  readonly staying: readonly Instruction[];
  /** The user that runs the build. */
  readonly user?: string | undefined;
  isBuilt(role: Role): boolean;
  above?(step: Step): void;
  below?(step: Step): void;
  /** Lines for an ENV, WORKDIR or SHELL. */
  setting(step: Step): readonly string[];
  copy(step: Step): readonly string[];
  /** Lines for a RUN that builds. */
  build(step: Step): readonly string[] | Guard;
  /** Lines for a RUN that neither builds nor installs packages. */
  stay(step: Step): readonly string[];
  /** Handles a RUN that installs packages; `needed` is its text for the builder. */
  packages(step: Step, needed: string): void;
  /** Edits of the language to a RUN of the builder. */
  edits?(run: Instruction): readonly TextEdit[];
  /** Replaces any other instruction. */
  start(node: Instruction): string | undefined;
}

/** The stages that result from a split, filled while the original stage is traversed. */
export class SplitStages {
  /** Name of the builder. */
  readonly name: string;
  readonly builder: StageLines;
  readonly final: StageLines;
  #hasPackages: boolean;
  /** ARGs that the final stage has needed nowhere so far. */
  readonly #unused: { readonly node: Instruction; readonly show: () => void }[] = [];

  constructor(
    private readonly site: Site,
    private readonly packages: readonly string[],
  ) {
    const { dockerfile } = site;
    this.name = buildStageName(site);
    this.builder = new StageLines(dockerfile);
    this.final = new StageLines(dockerfile);
    this.#hasPackages = packages.length === 0;
  }

  /** Installs the packages of the final stage, once. */
  install(): void {
    if (!this.#hasPackages) this.final.push(installOf(this.site, this.packages));
    this.#hasPackages = true;
  }

  /** Writes both stages; a guard if that is not possible. */
  walk(walk: Walk): Guard | undefined {
    for (const [index, role] of walk.roles.entries()) {
      const step = {
        ...role,
        index,
        text: sourceOf(this.site.dockerfile, role.node),
        isBefore: index <= walk.lastBuilt,
      };
      for (const lines of [this.builder, this.final]) lines.at(role.node);
      walk.above?.(step);
      const lines = this.#linesOf(walk, step);
      if (isGuard(lines)) return lines;
      // A RUN of the builder leaves commands for this stage.
      for (const { node, show } of this.#unused)
        if (lines.some((line) => node.pairs.some(({ name }) => mentionsVariable(line, name)))) show();
      this.final.push(...lines);
      walk.below?.(step);
    }
    return undefined;
  }

  #linesOf(walk: Walk, step: Step): readonly string[] | Guard {
    const { node, text, isBefore } = step;
    switch (node.keyword) {
      case 'ARG':
        if (isBefore) this.builder.push(text);
        if (isUsedIn(node, walk.staying)) return [text];
        this.#unused.push({ node, show: this.final.pushHidden(text) });
        return [];
      case 'ENV':
      case 'WORKDIR':
      case 'SHELL':
        if (isBefore) this.builder.push(text);
        return walk.setting(step);
      case 'COPY':
      case 'ADD':
        return walk.copy(step);
      case 'RUN':
        return this.#linesOfRun(walk, step);
      case 'USER':
        if (walk.user !== undefined && isBefore) this.builder.push(text);
        // A non-root user cannot install packages.
        this.install();
    }
    return [walk.start(node) ?? text];
  }

  /** True for a RUN that calls a program of the packages that the final stage installs. */
  #callsInstalled({ script }: Instruction): boolean {
    return (script?.commands ?? []).some(({ name }) =>
      this.packages.includes(name === 'addgroup' ? 'adduser' : (FULL_ONLY[name] ?? name)),
    );
  }

  #linesOfRun(walk: Walk, step: Step): readonly string[] | Guard {
    const isOfPackages = step.kinds.has('packages');
    if (isOfPackages || (!walk.isBuilt(step) && this.#callsInstalled(step.node))) this.install();
    if (walk.isBuilt(step)) return walk.build(step);
    if (!isOfPackages) return walk.stay(step);
    const needed = step.isBefore ? buildPackages(this.site, step.node, walk.edits?.(step.node) ?? []) : undefined;
    if (needed !== undefined) walk.packages(step, needed);
    return setupOf(this.site.dockerfile, step.node);
  }
}
