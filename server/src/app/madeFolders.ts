import type { Instruction } from '../dockerfile/model';
import { readOptions } from '../shell/options';
import { isWithin } from '../text/paths';
import type { Word } from '../text/word';
import { absolutePaths } from './commandFolder';

/** Folders with plain names that a RUN creates with mkdir, as absolute paths. */
export function madeBy(run: Instruction): string[] {
  if (run.keyword !== 'RUN') return [];
  return (run.script?.commands ?? [])
    .filter(({ name }) => name === 'mkdir')
    .flatMap((command) =>
      absolutePaths(
        run,
        command,
        readOptions(command).operands.flatMap((word) => plainPath(word, run) ?? []),
      ),
    );
}

/** The path without variables that only the shell knows; expands those that ENV and ARG set. */
function plainPath({ isStatic, text, value }: Word, run: Instruction): string | undefined {
  if (isStatic) return /[*?{]/.test(value) ? undefined : value;
  const path = text
    .replace(/^"(.*)"$/, '$1')
    .replace(
      /\$(?:(\w+)|\{(\w+)\})/g,
      (all, one?: string, other?: string) => run.resolve(one ?? other ?? '')?.value ?? all,
    );
  return /^[\w./@-]+$/.test(path) ? path : undefined;
}

/** True when the RUN creates the folder, directly or as the parent of another one. */
export function isMadeBy(run: Instruction, folder: string): boolean {
  return madeBy(run).some((path) => isWithin(path, folder));
}
