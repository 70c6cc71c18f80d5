import { laterInstructions } from '../dockerfile/finalStages';
import type { DockerfileModel, Instruction } from '../dockerfile/model';
import type { ShellCommand } from '../shell/script';
import { isWithin } from '../text/paths';

/**
 * True when a cache or tmpfs mount covers one of the folders, or overlaps it: what is written there stays out of the
 * layer.
 */
export function isMounted(run: Instruction, folders: readonly string[]): boolean {
  return run.flags.some((flag) => {
    if (flag.name !== 'mount') return false;
    const type = flag.options.get('type') ?? 'bind';
    if (type !== 'cache' && type !== 'tmpfs') return false;
    const target = flag.options.get('target') ?? flag.options.get('dst') ?? flag.options.get('destination');
    const path = target === undefined ? undefined : run.expand(target);
    // An unknown target may be this very folder.
    if (path === undefined) return target !== undefined;
    return folders.some((folder) => isWithin(folder, path) || isWithin(path, folder));
  });
}

/** True when a later command in the same script deletes something in one of the folders. */
export function isRemovedAfter(run: Instruction, command: ShellCommand, folders: readonly string[]): boolean {
  return (run.script?.commands ?? []).some(
    (other) => other.span.start > command.span.start && removesFrom(run, other, folders),
  );
}

/** True when a command of the RUN deletes something in one of the folders, or a folder that contains it. */
export function isRemoved(run: Instruction, folders: readonly string[]): boolean {
  return (run.script?.commands ?? []).some((command) => removesFrom(run, command, folders));
}

/** True where a later RUN removes something in one of the folders and fails if nothing is there: `rm` without -f. */
export function isMissedLater(dockerfile: DockerfileModel, run: Instruction, folders: readonly string[]): boolean {
  return laterInstructions(dockerfile, run).some((later) =>
    (later.script?.commands ?? []).some(
      (command) =>
        command.name === 'rm' &&
        !command.words.some(({ value }) => /^(?:-[a-zA-Z]{0,9}f[a-zA-Z]{0,9}|--force)$/.test(value)) &&
        removesFrom(later, command, folders),
    ),
  );
}

/** Also `rm -rf $POETRY_CACHE_DIR`, where the file sets the variable. */
function removesFrom(run: Instruction, { name, words }: ShellCommand, folders: readonly string[]): boolean {
  const isMeant = name === 'rm' || (name === 'find' && words.some(({ value }) => value === '-delete'));
  return (
    isMeant &&
    words
      .slice(1)
      .some(({ isStatic, text, value }) => isUnderAny(isStatic ? value : (run.expand(text) ?? value), folders))
  );
}

/** `/var/lib/apt/lists/*`, `/var/lib/apt`, `/var/lib/{apt,dpkg}/` all remove the lists. */
function isUnderAny(path: string, folders: readonly string[]): boolean {
  return expandBraces(path).some((one) => {
    const plain = one.replace(/^(?:~|\$HOME|\$\{HOME\})(?=\/)/, '/root').replace(/(?:\/|(?<![*?./]))[*?.]*$/, '');
    return plain !== '' && folders.some((folder) => isWithin(folder, plain) || isWithin(plain, folder));
  });
}

function expandBraces(path: string): string[] {
  const match = /^(.*?)\{([^{}]*)\}(.*)$/s.exec(path);
  if (!match) return [path];
  const [, before = '', choices = '', after = ''] = match;
  return choices.split(',').flatMap((choice) => expandBraces(before + choice + after));
}
