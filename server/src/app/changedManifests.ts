import { inheritedInstructions } from '../dockerfile/lineage';
import type { Instruction } from '../dockerfile/model';
import type { ShellCommand } from '../shell/script';
import { baseName } from '../text/paths';

/**
 * True where a command that runs before this one removes, replaces or edits such a file (`rm package-lock.json`,
 * `mv package.prod.json package.json`): what the build context says of it no longer holds.
 */
export function isChangedBefore(command: ShellCommand, on: Instruction, isFile: (path: string) => boolean): boolean {
  const runs = (on.stage ? inheritedInstructions(on.stage) : [on]).filter(({ keyword }) => keyword === 'RUN');
  return [...runs, on]
    .flatMap(({ script }) => script?.commands ?? [])
    .some((other) => other.span.start < command.span.start && changedBy(other).some((path) => isFile(path)));
}

/** The names of the files that a command may change, each behind a slash. */
function changedBy({ name, words, redirects }: ShellCommand): string[] {
  const isChange = CHANGES.test(name) || (name === 'sed' && words.some(({ value }) => IN_PLACE.test(value)));
  const written = redirects.flatMap(({ operator, target }) => (operator.includes('>') && target ? [target] : []));
  return [...(isChange ? words.slice(1) : []), ...written].map(({ value }) => `/${baseName(value)}`);
}

const CHANGES = /^(?:rm|unlink|mv|cp|ln|tee|truncate)$/;
const IN_PLACE = /^(?:-[a-zA-Z]*i|--in-place)/;
