import { isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type SarifRun, sarifLog, sarifPath } from '../../engine/sarifLog';
import type { Session } from '../session';
import { version } from '../version';
import { printJson } from './json';
import { portablePath } from './reporter';

export function printSarif(session: Session, run: Pick<SarifRun, 'rules' | 'results' | 'notifications'>): void {
  printJson(session, sarifLog({ ...run, version, isSuccessful: session.failures.size === 0 }));
}

/** Relative to the current folder, which upload actions assume is the repository's root. */
export function sarifUri(path: string): string {
  return isAbsolute(path) ? pathToFileURL(path).href : sarifPath(portablePath(path));
}
