import type { VerifySettings } from '../engine/verifySettings';
import type { CallResult, Observation } from '../reports/verification';

/** What decides how long a run is given. */
export interface Timing {
  readonly settings: Pick<VerifySettings, 'startSeconds' | 'watchSeconds'>;
  /** What the image did before the plan; undefined: this is that run. */
  readonly earlier: Observation | undefined;
  /** Takes more time: a busy machine may have been the reason of what was seen. */
  readonly isPatient: boolean;
}

/** How much slower than before a program may be, for a busy machine. */
const SLOWER = 5;
/** How much longer a patient look takes. */
const PATIENCE = 3;
/** A part of `watchSeconds`: for ports and lines of the log that follow the first port. */
const SETTLE = 0.1;
const CALL_MS = 8000;
const ANSWER_MS = 10_000;
const STOP_SECONDS = 5;
/** Where SIGTERM did nothing before, it is only of interest whether it does now. */
const DEAF_STOP_SECONDS = 2;
/** The engine itself gets a minute for each answer. */
const LONGEST_STOP_SECONDS = 45;

/** Until it is ready, or exits. */
export function startLimitMs(timing: Timing): number {
  const { earlier, settings } = timing;
  if (!earlier) return settings.startSeconds * 1000;
  const { exitCode, readyMs, watchedMs } = earlier;
  // One that neither exits nor is ready is watched as long as before.
  if (exitCode === undefined && readyMs === undefined) return watchedMs * patience(timing);
  return Math.max(settings.watchSeconds * 1000, slower(exitCode === undefined ? readyMs : watchedMs, timing));
}

/** After it is ready: always, and as long as a line of the log is missing. */
export function settleMs(timing: Timing): { readonly least: number; readonly most: number } {
  const least = timing.settings.watchSeconds * 1000 * SETTLE * patience(timing);
  return { least, most: timing.isPatient ? least * SLOWER : least };
}

/** Until a start with other arguments has ended; `before`: what it did before the plan. */
export function callLimitMs(before: CallResult | undefined, timing: Timing): number {
  const took = before?.exitCode === undefined ? 0 : before.milliseconds;
  return Math.max(CALL_MS * patience(timing), slower(took, timing));
}

export function answerLimitMs(timing: Timing): number {
  return ANSWER_MS * patience(timing);
}

/** Until it is killed. */
export function stopSeconds(timing: Timing): number {
  const before = timing.earlier?.stop;
  if (before?.isKilled) return DEAF_STOP_SECONDS;
  const seconds = Math.max(STOP_SECONDS * patience(timing), slower(before?.milliseconds, timing) / 1000);
  return Math.min(LONGEST_STOP_SECONDS, Math.ceil(seconds));
}

function slower(beforeMs: number | undefined, timing: Timing): number {
  return (beforeMs ?? 0) * SLOWER * patience(timing);
}

function patience({ isPatient }: Timing): number {
  return isPatient ? PATIENCE : 1;
}
