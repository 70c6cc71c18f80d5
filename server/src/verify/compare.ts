import { basename } from 'node:path/posix';
import type { Aspect } from '../engine/verifySettings';
import type { Localize } from '../l10n/localize';
import type { CallResult, Difference, HttpAnswer, LogCause, Observation, StopResult } from '../reports/verification';
import { differingPart } from './differingPart';
import { isSamePort } from './observe';
import { isRootUser } from './rootUser';

/** A difference with the part that differs. */
type Shown = Pick<Difference, 'text' | 'before' | 'after'>;

/** What an image does differently than before. */
export function differences(before: Observation, after: Observation, localize: Localize): Difference[] {
  const cause = newCause(before, after);
  const found: (readonly [Aspect, string | Shown | undefined])[] = [
    ['end', endOf(before, after, localize)],
    ['health', healthOf(before, after, localize)],
    ['ports', portsOf(before, after, localize)],
    ...before.answers.map((answer) => ['http', answerOf(answer, after, localize)] as const),
    ['output', outputOf(before, after, localize)],
    ['user', userOf(before, after, localize)],
    ['files', filesOf(before, after, localize)],
    ['stop', stopOf(before, after, localize)],
    ...before.calls.map((call) => ['arguments', callOf(call, after, localize)] as const),
    ['command', commandOf(before, after, localize)],
  ];
  const told = found.flatMap(([aspect, what]): Difference[] => {
    if (what === undefined) return [];
    return [{ aspect, ...(typeof what === 'string' ? { text: what } : what), ...(cause ? { cause } : {}) }];
  });
  // An error that only the new image logs is a difference of its own.
  if (told.length > 0 || !cause) return told;
  return [{ aspect: 'output', text: localize('It logs an error: {line}', { line: cause.line }), cause }];
}

/**
 * What two runs of the same image have in common: only that can be compared. Undefined parts were not seen, or differ by
 * themselves.
 */
export function common(one: Observation, other: Observation): Observation {
  const both = (lines: readonly string[], others: readonly string[]) => {
    const known = new Set(others);
    return lines.filter((line) => known.has(line));
  };
  return {
    ...one,
    readyMs: larger(one.readyMs, other.readyMs),
    watchedMs: Math.max(one.watchedMs, other.watchedMs),
    health: one.health === other.health ? one.health : undefined,
    isNetworkSeen: one.isNetworkSeen && other.isNetworkSeen,
    ports: one.ports.filter((port) => other.ports.some((second) => isSamePort(port, second))),
    answers: one.answers.flatMap((answer) => {
      const second = other.answers.find(({ request }) => request === answer.request);
      if (second?.status !== answer.status || second.type !== answer.type) return [];
      return [second.body === answer.body ? answer : { ...answer, body: VARIES }];
    }),
    stdout: both(one.stdout, other.stdout),
    stderr: both(one.stderr, other.stderr),
    // One that comes and goes is no news.
    errors: [...one.errors, ...other.errors],
    written: both(one.written, other.written),
    stop: commonStop(one.stop, other.stop),
    calls: one.calls.flatMap((call) => {
      const second = sameCall(call, other);
      if (!second || second.exitCode !== call.exitCode) return [];
      const milliseconds = Math.max(call.milliseconds, second.milliseconds);
      return [{ ...call, stdout: both(call.stdout, second.stdout), milliseconds }];
    }),
    command: one.command?.exitCode === other.command?.exitCode ? one.command : undefined,
  };
}

function commonStop(one: StopResult | undefined, other: StopResult | undefined): StopResult | undefined {
  if (!one || one.exitCode !== other?.exitCode || isFailed(one)) return undefined;
  return { ...one, milliseconds: Math.max(one.milliseconds, other.milliseconds) };
}

/**
 * `npm start` says that its program was ended by the signal: without it, that program as process 1 is not, but nothing
 * that it would do at its end is lost.
 */
function isFailed({ exitCode }: StopResult): boolean {
  return exitCode === 1;
}

/** In place of a body that is another one at each request. */
export const VARIES = '\u0000';

function larger(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? undefined : Math.max(one, other);
}

function endOf({ exitCode: before }: Observation, { exitCode: after }: Observation, localize: Localize) {
  if (before === after) return undefined;
  if (after === undefined)
    return localize('It keeps running; before, it exited with code {before}', { before: before ?? 0 });
  return before === undefined
    ? localize('It exits with code {after}; before, it kept running', { after })
    : localize('It exits with code {after}, not {before}', { before, after });
}

function healthOf({ health: before }: Observation, { health: after }: Observation, localize: Localize) {
  // A plan may add or remove a health check.
  if (before === undefined || after === undefined || before !== 'healthy' || before === after) return undefined;
  return localize('Its health check reports {after}, not {before}', { before, after });
}

function portsOf(before: Observation, after: Observation, localize: Localize) {
  for (const port of before.ports) {
    const now = after.ports.find((other) => isSamePort(port, other));
    const name = `${port.port}/${port.protocol}`;
    if (!now) return localize('It does not listen on port {port}', { port: name });
    if (now.isLoopback && !port.isLoopback)
      return localize('It listens on port {port} only inside the container', { port: name });
  }
  return undefined;
}

function answerOf(before: HttpAnswer, { answers }: Observation, localize: Localize) {
  const after = answers.find(({ request }) => request === before.request);
  const { request } = before;
  if (before.isWanted)
    return after?.isWanted ? undefined : localize('{request} does not answer as configured', { request });
  if (before.status === 0) return undefined;
  if (!after || after.status === 0) return localize('{request} gets no answer', { request });
  if (after.status !== before.status)
    return localize('{request} answers {after}, not {before}', {
      request,
      before: before.status,
      after: after.status,
    });
  if (after.type !== before.type)
    return localize('{request} answers {after}, not {before}', { request, before: before.type, after: after.type });
  if (before.body === VARIES || before.body === after.body) return undefined;
  const text = localize('{request} answers with a different body', { request });
  return { text, ...differingPart(before.body, after.body) };
}

function outputOf(before: Observation, after: Observation, localize: Localize) {
  if (!after.isLogWhole) return undefined;
  // Programs that keep running say on both streams how they start.
  const now = new Set([...after.stdout, ...after.stderr]);
  const lines = before.exitCode === undefined ? [...before.stdout, ...before.stderr] : before.stdout;
  const line = lines.find((one) => !now.has(one));
  return line === undefined ? undefined : localize('It no longer prints: {line}', { line });
}

function userOf({ user: before }: Observation, { user: after }: Observation, localize: Localize) {
  // The group may be named or not.
  if (before.split(':')[0] === after.split(':')[0] || isRootUser(before)) return undefined;
  return localize('It runs as {after}, not as {before}', { before, after: after || 'root' });
}

function filesOf(before: Observation, after: Observation, localize: Localize) {
  // A plan may move the working directory, so names count.
  const now = new Set(after.written.map((path) => basename(path)));
  const path = before.written.find((one) => !now.has(basename(one)));
  return path === undefined ? undefined : localize('It no longer writes {path}', { path });
}

function stopOf({ stop: before }: Observation, { stop: after }: Observation, localize: Localize) {
  return before && after?.isKilled && !before.isKilled
    ? localize('It does not stop on SIGTERM and is killed')
    : undefined;
}

/** What another run did with the same arguments. */
function sameCall({ args }: CallResult, { calls }: Observation): CallResult | undefined {
  return calls.find((call) => call.args.join(' ') === args.join(' '));
}

function callOf(before: CallResult, seen: Observation, localize: Localize) {
  const after = sameCall(before, seen);
  const line = before.stdout.find((one) => after?.stdout.includes(one) !== true);
  if (after?.exitCode === before.exitCode && line === undefined) return undefined;
  const text = localize('It behaves differently with the arguments {args}', { args: before.args.join(' ') });
  if (line === undefined) return text;
  // What it prints instead.
  const other = after?.stdout.find((one) => !before.stdout.includes(one));
  return other === undefined
    ? { text, before: differingPart(line, '').before }
    : { text, ...differingPart(line, other) };
}

function commandOf({ command: before }: Observation, { command: after }: Observation, localize: Localize) {
  if (!before || !after || before.exitCode === after.exitCode) return undefined;
  return localize('The command of the configuration exits with code {after}, not {before}', {
    before: before.exitCode,
    after: after.exitCode,
  });
}

/** The first error in the new log that the old one does not have. */
function newCause(before: Observation, after: Observation): LogCause | undefined {
  const keyOf = ({ kind, subject }: LogCause) => `${kind} ${subject ?? ''}`;
  const known = new Set(before.errors.map(keyOf));
  return after.errors.find((cause) => !known.has(keyOf(cause)));
}
