import type { CancellationToken } from 'vscode-languageserver';
import { planToMeasure } from '../../optimizer/planToMeasure';
import type { MeasureParams, MeasureResult } from '../../protocol';
import type { Analysis } from '../analyses';
import { imageRead } from '../measurements';
import type { Session } from '../session';
import { buildable, buildRequest, failed } from './buildable';

/** Builds and measures a document as it is in the editor, and keeps the result. */
export async function measure(
  session: Session,
  { uri, compare = false }: MeasureParams,
  token: CancellationToken,
): Promise<MeasureResult> {
  await session.settled;
  const found = buildable(session, uri);
  if (!found.ok) return found;
  // One build at a time: parallel builds would only slow each other down.
  const result = await session.builds.run(token, (signal) => build(session, found.analysis, compare, signal));
  if (result.ok) session.showMeasured();
  return result;
}

async function build(
  session: Session,
  analysis: Analysis,
  isCompared: boolean,
  signal: AbortSignal,
): Promise<MeasureResult> {
  const { engine, host } = session;
  const { uri, text } = analysis;
  const request = buildRequest(session, analysis);
  if (!host.measure || !request) return failed(engine.localize('Only files on this machine can be built'));
  const plan = isCompared ? planToMeasure(engine, text, session.planOptions(uri, analysis)) : undefined;
  if (plan?.obstacle !== undefined) return failed(plan.obstacle);
  const before = await host.measure(request, signal);
  if (!before.ok) return before;
  const after = plan && (await host.measure({ ...request, text: plan.after, ignore: plan.ignore }, signal));
  if (after && !after.ok) return after;
  session.measurements.keep(uri, text, {
    before: imageRead(before.value),
    after: plan && after && { text: plan.after, image: imageRead(after.value) },
  });
  return { ok: true, before: before.value, ...(after ? { after: after.value } : {}) };
}
