import { createFindingsSarif } from '../../engine/findingsSarif';
import { sarifLog, sarifPath } from '../../engine/sarifLog';
import type { CheckSarifParams, CheckSarifResult } from '../../protocol';
import type { Session } from '../session';
import { lintFile } from './checkFiles';

export function checkSarif(session: Session, { files, version }: CheckSarifParams): CheckSarifResult {
  const sarif = createFindingsSarif(session.engine);
  for (const file of files) sarif.add({ ...lintFile(session, file), uri: sarifPath(file.path) });
  const log = sarifLog({ ...sarif, version, isSuccessful: sarif.notifications.length === 0 });
  return { text: `${JSON.stringify(log, undefined, 2)}\n` };
}
