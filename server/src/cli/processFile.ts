import { stackOf } from './failure';
import type { Session } from './session';

export type Processed<T> =
  | { readonly ok: true; readonly text: string; readonly value: T }
  | { readonly ok: false; readonly reason: string };

/** Reads a file and works on its text. Errors are reported and affect only this file. */
export function processFile<T>(session: Session, path: string, work: (text: string) => T): Processed<T> {
  const { localize } = session.engine;
  const source = session.readDockerfile(path);
  if (!source.ok) {
    session.fail(`${path}: ${source.reason}`);
    return source;
  }
  try {
    return { ...source, value: work(source.text) };
  } catch (error) {
    session.fail(`${path}: ${localize('internal error: {message}', { message: stackOf(error) })}`);
    const message = error instanceof Error ? error.message : String(error);
    return { ok: false, reason: localize('internal error: {message}', { message }) };
  }
}
