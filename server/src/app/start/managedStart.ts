import { baseName } from '../../text/paths';
import type { Site } from '../site';
import { type StartedCommand, startedCommands } from './startedCommands';

/**
 * The commands that run when a container with a Java or .NET program starts; undefined where a script cannot be read.
 */
export function managedStart(site: Site): readonly StartedCommand[] | undefined {
  const { commands, isComplete } = startedCommands(site);
  return isComplete ? commands.flatMap((command) => [command, ...behindLauncher(command)]) : undefined;
}

/** `tini -- java …`, `wait-for-it db:1 -- java …` also start java. */
function behindLauncher(command: StartedCommand): StartedCommand[] {
  const { words, node } = command;
  const at = words.findIndex(({ value }, index) => index > 0 && /(?:^|\/)(?:java|dotnet)$/.test(value));
  const program = words[at];
  return node && program ? [{ ...command, name: baseName(program.value), words: words.slice(at) }] : [];
}
