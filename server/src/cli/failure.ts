/** What the user has to be told, without a stack: wrong usage, a file that cannot be read. */
export class Failure extends Error {}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'no permission',
  EISDIR: 'is a folder',
  ELOOP: 'links in a circle',
  ENOENT: 'no such file or folder',
  ENOSPC: 'no space left on the device',
  EPERM: 'no permission',
  EROFS: 'read-only file system',
};

/** An error of the file system in words that need no manual. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string };
  return (code !== undefined && Object.hasOwn(REASONS, code) ? REASONS[code] : undefined) ?? message ?? String(error);
}
