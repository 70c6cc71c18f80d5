/** A file's path from the folder of a configuration file, with `/`; the file's whole path when it lies elsewhere. */
export function relative(configurationPath: string | undefined, path: string): string {
  const file = path.replaceAll('\\', '/');
  const folder = configurationPath?.replaceAll('\\', '/').replace(/[^/]*$/, '');
  return folder !== undefined && file.startsWith(folder) ? file.slice(folder.length) : file;
}
