import { setTimeout as wait } from 'node:timers/promises';
import type { HttpCheck, VerifySettings } from '../engine/verifySettings';
import type { Container, ContainerLog, ContainerRuntime, ContainerState, ImageInfo } from '../images/engines/runtime';
import type { Outcome } from '../reports/outcome';
import type { CallResult, HttpAnswer, ListeningPort, Observation, StopResult } from '../reports/verification';
import { askHttp } from './askHttp';
import { logCauses } from './logCauses';
import { joinNetwork, type Neighbor } from './neighbor';
import { comparableLines } from './normalize';
import { writtenFiles } from './writtenFiles';

export interface ProbeRequest {
  readonly runtime: ContainerRuntime;
  readonly image: string;
  readonly info: ImageInfo;
  readonly settings: VerifySettings;
  /** Options of `run`: network, environment, volumes. */
  readonly runOptions: readonly string[];
  /** An image with a shell, for a container beside the probed one; undefined: ports are not looked at. */
  readonly helper: string | undefined;
  /** What the image did before the plan; undefined: this is that run. */
  readonly earlier: Observation | undefined;
  /** Starts an image as a service of a Compose file; undefined: by itself. */
  readonly startService: ((image: string) => Promise<Outcome<Container>>) | undefined;
  /** Runs the user's own command on an image; undefined: there is none. */
  readonly runCommand: ((image: string) => Promise<Observation['command']>) | undefined;
  readonly signal: AbortSignal;
}

const STOP_SECONDS = 5;
/** The exit code of a program that SIGKILL has ended. */
const KILLED = 137;
/** Parts of `watchSeconds`: between two looks, and for ports and lines of the log that follow the first port. */
const POLL = 0.02;
const SETTLE = 0.1;
/** How much slower than before it may be, for a busy machine. */
const SLOWER = 5;
const CALL_LIMIT_MS = 8000;
const HELP = ['--help'];
/** Shorter values are words and numbers that stand anywhere. */
const SHORT = 6;

/** Bounds what a container may take. */
const LIMITS = ['--memory', '2g', '--pids-limit', '2048'];
/** Docker's own interval is 30 seconds. */
const FAST_HEALTH = ['--health-interval', '1s'];

/** Starts an image, looks at what it does, and removes the container. */
export async function observe(request: ProbeRequest): Promise<Outcome<Observation>> {
  const { runtime, image, settings, signal } = request;
  const { args, env } = settings;
  const started = request.startService
    ? await request.startService(image)
    : await runtime.start({ image, args, options: optionsFor(request), env, signal });
  if (!started.ok) return started;
  const container = started.value;
  try {
    const seen = await watch(container, request);
    const calls = await callAll(request);
    const command = await request.runCommand?.(image);
    return { ok: true, value: { ...seen, calls, user: request.info.user, command } };
  } finally {
    await container.remove();
  }
}

function optionsFor({ info, runOptions }: ProbeRequest): string[] {
  return [...LIMITS, ...(info.hasHealthCheck ? FAST_HEALTH : []), ...runOptions];
}

async function watch(
  container: Container,
  request: ProbeRequest,
): Promise<Omit<Observation, 'calls' | 'user' | 'command'>> {
  const { runtime, helper, earlier, signal, settings } = request;
  const started = performance.now();
  const elapsed = () => performance.now() - started;
  let neighbor: Neighbor | undefined;
  try {
    let state = await container.state();
    if (state.isRunning && helper !== undefined) neighbor = await joinNetwork(runtime, helper, container, signal);
    let ports: readonly ListeningPort[] = [];
    let readyMs: number | undefined;
    const limit = limitFor(earlier, settings);
    while (state.isRunning && elapsed() < limit && !signal.aborted) {
      ports = (await neighbor?.ports()) ?? [];
      if (readyMs === undefined && isReady(state, ports, request)) readyMs = elapsed();
      if (readyMs !== undefined && elapsed() > readyMs + settings.watchSeconds * 1000 * SETTLE) break;
      // A program that serves nothing is watched for a while.
      if (readyMs === undefined && !isAwaited(request, ports) && elapsed() > settings.watchSeconds * 1000) break;
      await wait(settings.watchSeconds * 1000 * POLL);
      state = await container.state();
    }
    const answers = neighbor && state.isRunning ? await ask(neighbor, ports, request) : [];
    state = await container.state();
    const log = concealed(await container.log(), settings.env);
    const isStopped = state.isRunning && !signal.aborted && earlier?.stop?.isKilled !== true;
    const stop = isStopped ? await stopped(container, signal) : undefined;
    const written = writtenFiles((await container.changes()) ?? []);
    return {
      exitCode: state.isRunning ? undefined : state.exitCode,
      readyMs: readyMs === undefined ? undefined : Math.round(readyMs),
      health: state.health,
      isNetworkSeen: neighbor !== undefined,
      ports,
      answers,
      stdout: comparableLines(log.stdout),
      stderr: comparableLines(log.stderr),
      errors: logCauses(`${log.stderr}\n${log.stdout}`),
      written,
      stop,
    };
  } finally {
    await neighbor?.remove();
  }
}

function limitFor(earlier: Observation | undefined, { startSeconds, watchSeconds }: VerifySettings): number {
  if (!earlier) return startSeconds * 1000;
  return Math.max(watchSeconds * 1000, (earlier.readyMs ?? 0) * SLOWER);
}

/** Whether something is still to come that is waited for longer. */
function isAwaited({ info, earlier }: ProbeRequest, ports: readonly ListeningPort[]): boolean {
  return info.hasHealthCheck || (earlier?.ports.length ?? info.exposed.length) > 0 || ports.length > 0;
}

function isReady(state: ContainerState, ports: readonly ListeningPort[], { info, earlier }: ProbeRequest): boolean {
  if (info.hasHealthCheck && (earlier?.health ?? 'healthy') === 'healthy') return state.health === 'healthy';
  if (!earlier) return ports.length > 0;
  return earlier.ports.length > 0 && earlier.ports.every((port) => ports.some((other) => isSamePort(port, other)));
}

export function isSamePort(one: ListeningPort, other: ListeningPort): boolean {
  return one.port === other.port && one.protocol === other.protocol;
}

const ROOT: HttpCheck = {
  method: 'GET',
  path: '/',
  port: undefined,
  body: undefined,
  status: undefined,
  contains: undefined,
};

async function ask(
  neighbor: Neighbor,
  ports: readonly ListeningPort[],
  { settings: { http }, signal }: ProbeRequest,
): Promise<HttpAnswer[]> {
  const answers: HttpAnswer[] = [];
  for (const check of http.length > 0 ? http : [ROOT]) {
    const targets = check.port === undefined ? ports.filter(isOpen).map(({ port }) => port) : [check.port];
    for (const port of targets) answers.push(await askHttp(neighbor, port, check, signal));
  }
  return answers;
}

function isOpen({ protocol, isLoopback }: ListeningPort): boolean {
  return protocol === 'tcp' && !isLoopback;
}

/** Values from the configuration may be secret. */
function concealed({ stdout, stderr }: ContainerLog, env: ReadonlyMap<string, string>): ContainerLog {
  const hide = (text: string) =>
    [...env.values()].reduce((rest, value) => (value.length < SHORT ? rest : rest.replaceAll(value, '***')), text);
  return { stdout: hide(stdout), stderr: hide(stderr) };
}

async function stopped(container: Container, signal: AbortSignal): Promise<StopResult> {
  const started = performance.now();
  await container.stop(STOP_SECONDS, signal);
  const milliseconds = Math.round(performance.now() - started);
  const { exitCode } = await container.state();
  return { isKilled: exitCode === KILLED, exitCode, milliseconds };
}

/** Images with an ENTRYPOINT take arguments. */
async function callAll(request: ProbeRequest): Promise<CallResult[]> {
  const { settings, info, earlier } = request;
  const automatic = info.entrypoint.length > 0 ? [HELP] : [];
  const wanted = settings.calls.length > 0 ? settings.calls : automatic;
  const results: CallResult[] = [];
  for (const args of earlier ? earlier.calls.map((call) => call.args) : wanted) {
    const result = await call(request, args);
    if (result) results.push(result);
  }
  return results;
}

async function call(request: ProbeRequest, args: readonly string[]): Promise<CallResult | undefined> {
  const { runtime, image, settings, signal } = request;
  const { env } = settings;
  const started = await runtime.start({ image, args, options: optionsFor(request), env, signal });
  if (!started.ok) return undefined;
  const container = started.value;
  try {
    const until = performance.now() + CALL_LIMIT_MS;
    let state = await container.state();
    while (state.isRunning && performance.now() < until && !signal.aborted) {
      await wait(settings.watchSeconds * 1000 * POLL);
      state = await container.state();
    }
    const { stdout } = concealed(await container.log(), env);
    return { args, exitCode: state.isRunning ? undefined : state.exitCode, stdout: comparableLines(stdout) };
  } finally {
    await container.remove();
  }
}
