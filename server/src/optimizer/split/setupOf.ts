import type { DockerfileModel, Instruction } from '../../dockerfile/model';
import { writeRun } from '../../rules/shared/runLayout';
import type { ShellCommand } from '../../shell/script';
import { type Guard, refuse } from '../transform';
import { commandKind } from './commandKinds';

/**
 * Users, folders and rights that a RUN sets up beside its build, and other commands that stay, as a RUN of their own:
 * they are wanted in the final stage as well. A guard where they cannot be told apart.
 */
export function setupOf(
  dockerfile: DockerfileModel,
  { form, script }: Instruction,
  isStaying: (command: ShellCommand) => boolean = () => false,
): readonly string[] | Guard {
  const commands = script?.commands ?? [];
  const isSetup = (command: ShellCommand) => isStaying(command) || /^(?:setup|user)$/.test(`${commandKind(command)}`);
  if (!commands.some(isSetup)) return [];
  const guard = refuse('a RUN sets up files between other work: `{name}`', { name: commands[0]?.name ?? '' });
  const { chain } = script ?? {};
  if (
    !chain ||
    form !== 'shell' ||
    commands.some(({ name }) => name === 'cd') ||
    !chain.operators.every(({ text }) => text === '&&')
  )
    return guard;
  const items = chain.items.filter((item) => item.commands.every(isSetup));
  if (items.length === 0) return guard;
  const texts = items.map(({ span }) => dockerfile.text.slice(span.start, span.end));
  return [writeRun(dockerfile, texts)];
}

/** True when something up to `offset` is given to users: then the builder needs them too. */
export function givesFiles({ text }: DockerfileModel, start: number, offset: number): boolean {
  return /\bchown\b/.test(text.slice(start, offset));
}
