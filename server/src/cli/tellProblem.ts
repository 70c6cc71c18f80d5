import type { Problem } from '../reports/outcome';
import { tellFailure } from './formatters/json';
import { INTERRUPTED } from './interruption';
import type { Session } from './session';

/**
 * Says why an engine or a scanner has no result, and returns the exit code.
 * @param file what it was asked about; undefined: nothing that has a name
 */
export function tellProblem(
  session: Session,
  file: string | undefined,
  { reason, line, isCancelled, url }: Problem,
): number {
  if (isCancelled) {
    session.err(`${reason}\n`);
    return INTERRUPTED;
  }
  const place = file === undefined ? '' : `${file}${line === undefined ? '' : `:${line + 1}`}: `;
  tellFailure(session, `${place}${reason}${url === undefined ? '' : ` (${url})`}`);
  return 2;
}
