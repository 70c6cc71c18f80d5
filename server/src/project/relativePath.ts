/** A file's path relative to the folder of a configuration file, with `/`; the absolute path when it is elsewhere. */
export function relative(configurationPath: string | undefined, path: string): string {
  const file = path.replaceAll('\\', '/');
  const configuration = configurationPath?.replaceAll('\\', '/');
  const folder = configuration?.slice(0, configuration.lastIndexOf('/') + 1);
  return folder !== undefined && file.startsWith(folder) ? file.slice(folder.length) : file;
}

/** Resolves a file that another file names, relative to the folder of that file: with `/`, and without `.` and `..`. */
export function beside(path: string, name: string): string {
  const file = name.replaceAll('\\', '/');
  if (/^(?:[a-z]:)?\//i.test(file)) return file;
  const parts = path.replaceAll('\\', '/').split('/').slice(0, -1);
  for (const part of file.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

/** A path relative to the folder of a file, with `/`, and with `..` where it is outside. */
export function pathFrom(file: string, path: string): string {
  const from = file.replaceAll('\\', '/').split('/').slice(0, -1);
  const to = path.replaceAll('\\', '/').split('/');
  let common = 0;
  while (common < from.length && from[common] === to[common]) common++;
  return [...from.slice(common).map(() => '..'), ...to.slice(common)].join('/');
}
