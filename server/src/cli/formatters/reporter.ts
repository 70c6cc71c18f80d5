import { sep } from 'node:path';
import type { Finding } from '../../engine/rule';
import type { Session } from '../session';

export interface LintedFile {
  readonly path: string;
  readonly text: string;
  readonly findings: readonly Finding[];
  /** Why it could not be read. */
  readonly error?: string;
}

/** Gets one file at a time, so that a long run does not keep all of them in memory. */
export interface LintReporter {
  file(file: LintedFile): void;
  end(): void | Promise<void>;
}

export type CreateReporter = (session: Session) => LintReporter;

/** With `/` as the separator on every system, as machine-readable formats require. */
export function portablePath(path: string): string {
  return path.replaceAll(sep, '/');
}
