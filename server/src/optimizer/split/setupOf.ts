import { commandKind } from '../../commands/commandKinds';
import { writeRun } from '../../dockerfile/edits/runLayout';
import type { DockerfileModel, Instruction } from '../../dockerfile/model';
import type { ShellCommand } from '../../shell/script';
import { type Guard, refuse } from '../transform';
import { editedSource } from './compose';

/**
 * Users, directories and permissions that a RUN sets up in addition to its build, and other commands that stay, as a
 * separate RUN: the final stage needs them too. A guard if they cannot be separated.
 */
export function setupOf(
  dockerfile: DockerfileModel,
  { form, script }: Instruction,
  isWanted: (command: ShellCommand) => boolean = isSetup,
): readonly string[] | Guard {
  const commands = script?.commands ?? [];
  if (!commands.some(isWanted)) return [];
  const guard = refuse('the RUN that starts with `{name}` also sets up users or files: do that in a separate RUN', {
    name: commands[0]?.name ?? '',
  });
  const { chain } = script ?? {};
  if (
    !chain ||
    form !== 'shell' ||
    commands.some(({ name }) => name === 'cd') ||
    !chain.operators.every(({ text }) => text === '&&')
  )
    return guard;
  const items = chain.items.filter((item) => item.commands.every(isWanted));
  if (items.length === 0) return guard;
  const texts = items.map(({ span }) => dockerfile.text.slice(span.start, span.end));
  return [writeRun(dockerfile, texts)];
}

export function isSetup(command: ShellCommand): boolean {
  return /^(?:setup|system|user)$/.test(commandKind(command) ?? '');
}

/** True if files are given to users before `offset`: then the builder needs those users too. */
export function givesFiles({ text }: DockerfileModel, start: number, offset: number): boolean {
  return /\bchown\b/.test(text.slice(start, offset));
}

/** The RUN without the commands at its end that stay for the final stage; undefined if it has none. */
export function withoutStaying(
  dockerfile: DockerfileModel,
  node: Instruction,
  stays: (command: ShellCommand) => boolean,
): string | undefined {
  const { items = [], operators = [] } = node.script?.chain ?? {};
  const last = items.findLastIndex((item) => !item.commands.every(stays));
  const [behind, end] = [items[last], items.at(-1)];
  if (node.form !== 'shell' || !behind || !end || behind === end || operators[last]?.text !== '&&') return undefined;
  return editedSource(dockerfile, node, [{ span: { start: behind.span.end, end: end.span.end }, newText: '' }]);
}
