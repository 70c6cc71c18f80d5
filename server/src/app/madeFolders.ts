import type { Instruction } from '../dockerfile/model';
import { readOptions } from '../shell/options';
import { absolutePath, workdirAt } from './copiedFiles';
import { isWithin } from './runSite';

/** Folders that a RUN makes with mkdir, absolute, where their names are plain. */
export function madeBy(run: Instruction): string[] {
  if (run.keyword !== 'RUN') return [];
  return (run.script?.commands ?? [])
    .filter(({ name }) => name === 'mkdir')
    .flatMap((command) => readOptions(command).operands)
    .filter((word) => word.isStatic && !/[*?{]/.test(word.value))
    .map(({ value }) => absolutePath(value, workdirAt(run)));
}

/** True when the RUN makes the folder, itself or on the way to one below it. */
export function isMadeBy(run: Instruction, folder: string): boolean {
  return madeBy(run).some((path) => isWithin(path, folder));
}
