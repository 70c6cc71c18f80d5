import type { CancellationToken } from 'vscode-languageserver';
import { planToMeasure } from '../../optimizer/planToMeasure';
import type { MeasureParams, MeasureResult } from '../../protocol';
import type { Analysis } from '../analyses';
import type { Session } from '../session';

/** Builds and measures a document as it is in the editor, and keeps the result. */
export async function measure(
  session: Session,
  { uri, compare = false }: MeasureParams,
  token: CancellationToken,
): Promise<MeasureResult> {
  // The settings name the engine.
  await session.settled;
  const { localize } = session.engine;
  if (!session.isTrusted) return fail(localize('Images can be built only in trusted workspaces'));
  const analysis = session.analysisOf(uri);
  if (!analysis) return fail(localize('There is no Dockerfile to build'));
  // One build at a time: parallel builds would only slow each other down.
  const result = await session.builds.run(token, (signal) => build(session, analysis, compare, signal));
  if (result.ok) session.showMeasured();
  return result;
}

async function build(
  session: Session,
  analysis: Analysis,
  isCompared: boolean,
  signal: AbortSignal,
): Promise<MeasureResult> {
  const { connection, engine, host, settings } = session;
  const { localize } = engine;
  const { uri, text, contextFolder } = analysis;
  const { targetStage, buildArgs } = analysis.config.settings;
  if (!host.measure || contextFolder === undefined) return fail(localize('Only files on this machine can be built'));
  const plan = isCompared ? planToMeasure(engine, text, session.planOptions(analysis)) : undefined;
  if (plan?.obstacle !== undefined) return fail(plan.obstacle);
  const request = {
    contextFolder,
    targetStage,
    buildArgs,
    engine: settings.engine,
    buildOptions: settings.buildOptions,
    localize,
    onOutput: (output: string) => void connection.sendNotification('dockerfile/engineOutput', { text: output }),
  };
  const before = await host.measure({ ...request, text }, signal);
  if (!before.ok) return before;
  const after = plan && (await host.measure({ ...request, text: plan.after, ignore: plan.ignore }, signal));
  if (after && !after.ok) return after;
  session.measurements.keep(uri, text, {
    before: before.value,
    after: plan && after && { text: plan.after, measurement: after.value },
  });
  return { ok: true, before: before.value, ...(after ? { after: after.value } : {}) };
}

function fail(reason: string): MeasureResult {
  return { ok: false, reason };
}
