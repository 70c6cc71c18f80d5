import type { Instruction } from '../dockerfile/model';
import type { ShellCommand } from '../shell/script';
import { absolutePath, workdirAt } from './copiedFiles';

/** The directory in which a command of a RUN runs, after each preceding `cd` or `pushd`; undefined if one is unknown. */
export function folderOf(run: Instruction, command: ShellCommand): string | undefined {
  let folder = workdirAt(run);
  for (const other of run.script?.commands ?? []) {
    if (other.span.start >= command.span.start) break;
    const isOfSubshell = other.chain !== command.chain && other.chain !== run.script?.chain;
    if (other.name === 'popd') return undefined;
    if (!/^(?:cd|pushd)$/.test(other.name) || isOfSubshell) continue;
    const target = other.words[1] && (run.expand(other.words[1].text) ?? undefined);
    if (target === undefined || other.isConditional || target === '-') return undefined;
    folder = absolutePath(target, folder);
  }
  return folder;
}

/** The paths that a command names, without relative ones where its directory is unknown. */
export function absolutePaths(run: Instruction, command: ShellCommand, paths: readonly string[]): string[] {
  const folder = folderOf(run, command);
  return paths.flatMap((path) =>
    folder === undefined && !path.startsWith('/') ? [] : absolutePath(path, folder ?? '/'),
  );
}
