/** True for the folder itself and everything inside it. */
export function isWithin(path: string, folder: string): boolean {
  return folder === '/' || `${withoutEnd(path)}/`.startsWith(`${withoutEnd(folder)}/`);
}

function withoutEnd(path: string): string {
  return path.replace(/(?<!\/)\/+$/, '');
}
