import type { StatusParams } from '../../protocol';
import { skippedReason } from '../analyses';
import { planFigures, planSummary } from '../planFigures';
import type { Session } from '../session';

/** Undefined: the document is not open any more. */
export function statusOf(session: Session, uri: string): StatusParams | undefined {
  const analysis = session.diagnosed(uri);
  if (!analysis) return undefined;
  const { contextFolder, config } = analysis;
  const { targetStage } = config.settings;
  const configuration = session.configurations.fileOf(uri, session.settings)?.path;
  const status: StatusParams = {
    uri,
    findings: analysis.findings.length,
    ...(configuration === undefined ? {} : { configuration }),
    ...(contextFolder === undefined ? {} : { contextFolder }),
    ...(targetStage === undefined ? {} : { targetStage }),
  };
  const notChecked = skippedReason(analysis.text, session.engine.localize);
  if (notChecked !== undefined) return { ...status, notChecked };
  if (analysis.isSkipped || session.lacksContext(uri)) return status;
  const { saving, change } = planFigures(session, analysis, planSummary(session, analysis));
  return saving === undefined ? status : { ...status, saving, change };
}
