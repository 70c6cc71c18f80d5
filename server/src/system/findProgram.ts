import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join, resolve } from 'node:path';

/** Windows starts files by these endings alone; scripts would need a shell. */
const ENDINGS = process.platform === 'win32' ? ['.exe'] : [''];

/**
 * The whole path of a program: what is given with folders stays, a bare name is looked for on PATH. Never in the current
 * folder, where a repository could have put one of that name. Undefined when there is none that may be started.
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
