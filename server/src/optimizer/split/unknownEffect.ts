import type { ShellCommand } from '../../shell/script';
import { type Guard, refuse } from '../transform';

/** The guard for a RUN that cannot be split because it has an unknown command. */
export function unknownEffect({ name }: ShellCommand): Guard {
  return name === ''
    ? refuse('a variable names a command, so its results are unknown')
    : refuse('cannot determine which files `{name}` leaves behind', { name });
}
