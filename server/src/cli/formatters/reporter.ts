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

/** Gets one file after the other, so that a long run holds no more than it has to. */
export interface LintReporter {
  file(file: LintedFile): void;
  end(): void | Promise<void>;
}

export type CreateReporter = (session: Session) => LintReporter;

/** With `/` between folders on every system, as the formats for machines have it. */
export function portablePath(path: string): string {
  return path.replaceAll(sep, '/');
}
