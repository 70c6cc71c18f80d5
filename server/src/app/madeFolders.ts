import type { Instruction } from '../dockerfile/model';
import { readOptions } from '../shell/options';
import { isWithin } from '../text/paths';
import type { Word } from '../text/word';
import { absolutePath, workdirAt } from './copiedFiles';

/** Folders that a RUN makes with mkdir, absolute, where their names are plain. */
export function madeBy(run: Instruction): string[] {
  if (run.keyword !== 'RUN') return [];
  return (run.script?.commands ?? [])
    .filter(({ name }) => name === 'mkdir')
    .flatMap((command) => readOptions(command).operands)
    .flatMap((word) => plainPath(word, run) ?? [])
    .map((path) => absolutePath(path, workdirAt(run)));
}

/** Without what the shell alone knows: of variables those that ENV and ARG give a value. */
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

/** True when the RUN makes the folder, itself or on the way to one below it. */
export function isMadeBy(run: Instruction, folder: string): boolean {
  return madeBy(run).some((path) => isWithin(path, folder));
}
