import type { Localize } from '../l10n/localize';
import { type Phrase, phrase, say } from '../l10n/phrase';

/** An error shown to the user without a stack: wrong usage, a file that cannot be read. */
export class Failure extends Error {}

const REASONS: Readonly<Record<string, Phrase>> = {
  EACCES: phrase('permission denied'),
  EISDIR: phrase('is a folder'),
  ELOOP: phrase('symbolic links form a loop'),
  ENOENT: phrase('no such file or folder'),
  ENOSPC: phrase('no space left on the device'),
  EPERM: phrase('permission denied'),
  EROFS: phrase('read-only file system'),
};

/** The stack, shown for internal errors. */
export function stackOf(error: unknown): string {
  return (error instanceof Error ? error.stack : undefined) ?? String(error);
}

/** A file system error in plain words. */
export function reasonOf(error: unknown, localize: Localize): string {
  const { code, message } = error as { code?: string; message?: string };
  const known = code !== undefined && Object.hasOwn(REASONS, code) ? REASONS[code] : undefined;
  return known ? say(localize, known) : (message ?? String(error));
}
