import { packageCommand } from '../../commands/packageCommand';
import type { ShellCommand } from '../../shell/script';
import { type Guard, refuse } from '../transform';

const LANGUAGE_MANAGERS = ['pip', 'uv', 'poetry', 'pipenv', 'npm', 'yarn', 'pnpm', 'bun', 'composer', 'bundle', 'gem'];

/** The guard for a RUN that cannot be split because it has an unknown command. */
export function unknownEffect(command: ShellCommand): Guard {
  const { name, words } = command;
  if (name === '') return refuse('a variable names a command, so its results are unknown');
  const isEnvironment = words[1]?.value === '-m' && words[2]?.value === 'venv';
  return isEnvironment || packageCommand(command, LANGUAGE_MANAGERS)
    ? refuse('`{name}` installs packages of a second language: install them in a separate stage', { name })
    : refuse('cannot determine which files `{name}` leaves behind', { name });
}
