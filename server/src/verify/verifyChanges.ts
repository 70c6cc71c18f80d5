import type { ContainerEngine } from '../images/engines/engine';
import { findEngine } from '../images/engines/findEngine';
import { removeLeftFolders } from '../images/engines/ownedFolder';
import { Stopped } from '../images/engines/stopped';
import { reasonOf } from '../images/measureDockerfile';
import type { Outcome } from '../reports/outcome';
import type { Difference, Verification, VerifiedStep } from '../reports/verification';
import type { Change, VerifyRequest } from '../reports/verifyRequest';
import { adviceFor } from './advice';
import { ContextCopy } from './contextCopy';
import { firstWrong } from './isolate';
import { Trial } from './trial';

export interface Verified {
  readonly verification: Verification;
  /** The changes that are left. */
  readonly changes: readonly Change[];
}

/** More steps that change behavior mean that something else is wrong. */
const MAX_DROPPED = 5;

/**
 * Builds and runs an image before and after a plan, and leaves out the steps with which it does not build or behaves
 * differently. Removes everything that it made. Never rejects.
 */
export async function verifyChanges(request: VerifyRequest, signal: AbortSignal): Promise<Outcome<Verified>> {
  const found = await findEngine(request.engine, request.localize, signal);
  return found.ok ? verifyWith(found.value, request, signal) : found;
}

/** The same with an engine that is known. Never rejects. */
export async function verifyWith(
  engine: ContainerEngine,
  request: VerifyRequest,
  signal: AbortSignal,
): Promise<Outcome<Verified>> {
  let context: ContextCopy | undefined;
  let trial: Trial | undefined;
  try {
    await Promise.all([engine.runtime?.removeLeftovers(), removeLeftFolders()]);
    context = await ContextCopy.of(request.contextFolder, signal);
    trial = new Trial(engine, context, request, signal);
    return await verifyIn(trial, request);
  } catch (error) {
    if (error instanceof Stopped) return error.problem;
    if (signal.aborted) return { ok: false, reason: request.localize('Cancelled'), isCancelled: true };
    return { ok: false, reason: reasonOf(error, request.localize) };
  } finally {
    await trial?.remove();
    await context?.remove();
  }
}

async function verifyIn(trial: Trial, request: VerifyRequest): Promise<Outcome<Verified>> {
  const { localize, propose, onProgress } = request;
  const original = await trial.start();
  if (!original.ok) return original;
  const dropped: VerifiedStep[] = [];
  let changes = propose(new Set());
  while ((await trial.differences(changes)).length > 0) {
    if (dropped.length === MAX_DROPPED)
      return { ok: false, reason: localize('More than {count} steps change the behavior', { count: MAX_DROPPED }) };
    onProgress(localize('Looking for the step that changes the behavior'));
    const index = await firstWrong(changes.length, async (count) => {
      return (await trial.differences(changes.slice(0, count))).length === 0;
    });
    dropped.push(droppedStep(changes[index], await trial.differences(changes.slice(0, index + 1)), request));
    changes = propose(new Set(dropped.map(({ id }) => id)));
  }
  const { unproven } = trial;
  const left = changes.map((change, index): VerifiedStep => {
    const { id, title } = change;
    return { id, title, state: trial.stateOf(changes[index - 1], change) };
  });
  const steps = [...left, ...dropped];
  const verification = { ...(await trial.result(changes)), steps, ...(unproven === undefined ? {} : { unproven }) };
  return { ok: true, value: { verification, changes } };
}

function droppedStep(
  change: Change | undefined,
  differences: readonly Difference[],
  { isOfRules }: VerifyRequest,
): VerifiedStep {
  if (!change) throw new Error('no step changes the behavior');
  const { id, title } = change;
  const advice = isOfRules ? { key: 'fix' as const, value: id } : adviceFor(id, differences);
  return { id, title, state: 'dropped', differences, advice };
}
