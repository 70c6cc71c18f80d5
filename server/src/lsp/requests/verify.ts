import type { CancellationToken } from 'vscode-languageserver';
import { changesOfPlan } from '../../optimizer/changesOfPlan';
import type { VerifyAccess, VerifyParams, VerifyResult } from '../../protocol';
import type { Analysis } from '../analyses';
import { imageVerified } from '../measurements';
import type { Session } from '../session';
import { buildable, buildRequest, failed } from './buildable';
import { createPlanFor, planFor } from './optimize';

/** What the user has to confirm before a document is verified. */
export async function verifyAccess(session: Session, { uri }: { readonly uri: string }): Promise<VerifyAccess> {
  await session.settled;
  return accessOf(session, uri);
}

function accessOf({ configurations, settings }: Session, uri: string): VerifyAccess {
  const { command, compose, volumes } = configurations.verifySettingsFor(uri, settings);
  return {
    volumes,
    ...(compose === undefined ? {} : { compose }),
    ...(command === undefined ? {} : { command }),
  };
}

/** Builds and runs a document's image before and after the plan, and keeps the figures. */
export async function verify(session: Session, params: VerifyParams, token: CancellationToken): Promise<VerifyResult> {
  await session.settled;
  const found = buildable(session, params.uri);
  if (!found.ok) return found;
  const result = await session.builds.run(token, (signal) => verifyPlan(session, found.analysis, params, signal));
  if (result.ok) session.showMeasured();
  return result;
}

async function verifyPlan(
  session: Session,
  analysis: Analysis,
  params: VerifyParams,
  signal: AbortSignal,
): Promise<VerifyResult> {
  const { connection, host, configurations, measurements } = session;
  const { localize } = session.engine;
  const { uri, text } = analysis;
  const build = buildRequest(session, analysis);
  if (!host.verify || !build) return failed(localize('Only files on this machine can be built'));
  const { command, ...others } = accessOf(session, uri);
  const { command: confirmedCommand, ...confirmed } = params.access;
  // The configuration may have changed since the user was asked.
  if (JSON.stringify(others) !== JSON.stringify(confirmed))
    return failed(localize('The configuration has changed: verify again'));
  const withoutAlso = (ids: Iterable<string>): VerifyParams => ({
    ...params,
    without: [...(params.without ?? []), ...ids],
  });
  const outcome = await host.verify(
    {
      ...build,
      settings: configurations.verifySettingsFor(uri, session.settings),
      propose: (without) => changesOfPlan(createPlanFor(session, analysis, withoutAlso(without))),
      isNetworkAllowed: false,
      isCommandAllowed: command !== undefined && command === confirmedCommand,
      onProgress: (progress) => void connection.sendNotification('dockerfile/verifyProgress', { uri, text: progress }),
    },
    signal,
  );
  if (!outcome.ok) return outcome;
  const { verification } = outcome.value;
  const dropped = verification.steps.filter(({ state }) => state === 'dropped').map(({ id }) => id);
  const left = withoutAlso(dropped);
  const [before, after] = [imageVerified(verification, 'before'), imageVerified(verification, 'after')];
  const { after: planned } = createPlanFor(session, analysis, left);
  if (before) measurements.keep(uri, text, { before, after: after && { text: planned, image: after } });
  // It says what was measured.
  return { ok: true, verification, plan: planFor(session, analysis, left) };
}
