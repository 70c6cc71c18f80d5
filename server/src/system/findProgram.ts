import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join, resolve } from 'node:path';

/** Windows starts only these directly; scripts would need a shell. */
const ENDINGS = process.platform === 'win32' ? ['.exe'] : [''];

/**
 * The absolute path of a program: a name with folders is used as a path, a bare name is searched on PATH. Never
 * searches the current folder, where a repository could have put a program with that name. Undefined if there is no
 * program that may be started.
 */
export function findProgram(name: string, path: string = process.env['PATH'] ?? ''): string | undefined {
  if (/[/\\]/.test(name)) return isProgram(resolve(name)) ? resolve(name) : undefined;
  for (const folder of path.split(delimiter)) {
    if (!isAbsolute(folder)) continue;
    for (const ending of ENDINGS) {
      const file = join(folder, name.toLowerCase().endsWith(ending) ? name : name + ending);
      if (isProgram(file)) return file;
    }
  }
  return undefined;
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
