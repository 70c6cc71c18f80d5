import type { ShellCommand } from '../../shell/script';
import { type Guard, refuse } from '../transform';

/** What keeps a RUN from being taken apart: a command that nothing is known of. */
export function unknownEffect({ name }: ShellCommand): Guard {
  return name === ''
    ? refuse('a variable names a command, so its results are unknown')
    : refuse('cannot determine which files `{name}` leaves behind', { name });
}
