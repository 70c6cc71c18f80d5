/** The last part of a path: the name of the file, folder, program or image. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** True for the folder itself and everything inside it. */
export function isWithin(path: string, folder: string): boolean {
  return folder === '/' || `${withoutEnd(path)}/`.startsWith(`${withoutEnd(folder)}/`);
}

function withoutEnd(path: string): string {
  return path.replace(/(?<!\/)\/+$/, '');
}
