import { setTimeout as wait } from 'node:timers/promises';
import type { HttpCheck, VerifySettings } from '../engine/verifySettings';
import type { Container, ContainerLog, ContainerRuntime, ContainerState, ImageInfo } from '../images/engines/runtime';
import type { Outcome } from '../reports/outcome';
import type { CallResult, HttpAnswer, ListeningPort, Observation, StopResult } from '../reports/verification';
import { askHttp, nameOf } from './askHttp';
import { logCauses } from './logCauses';
import { joinNetwork, type Neighbor } from './neighbor';
import { comparableLines } from './normalize';
import { targetOf } from './runOptions';
import { conceal } from './secrets';
import { callLimitMs, settleMs, startLimitMs, stopSeconds, type Timing } from './timeLimits';
import { writtenFiles } from './writtenFiles';

export interface ProbeRequest extends Timing {
  readonly runtime: ContainerRuntime;
  readonly image: string;
  readonly info: ImageInfo;
  readonly settings: VerifySettings;
  /** Options of `run`: network, environment, volumes. */
  readonly runOptions: readonly string[];
  /** An image with a shell, for a container beside the probed one; undefined: ports are not looked at. */
  readonly helper: string | undefined;
  /** Called when it listens as announced, or is healthy. */
  readonly onReady?: (() => void) | undefined;
  /** The Dockerfile itself says how arguments are taken: an ENTRYPOINT of a base image may change with it. */
  readonly hasEntrypoint: boolean;
  /** What is never shown. */
  readonly secrets: readonly string[];
  /** Starts an image as a service of a Compose file; undefined: by itself. */
  readonly startService: ((image: string) => Promise<Outcome<Container>>) | undefined;
  /** Runs the user's own command on an image; undefined: there is none. */
  readonly runCommand: ((image: string) => Promise<Observation['command']>) | undefined;
  readonly signal: AbortSignal;
}

/** The exit code of a program that SIGKILL has ended. */
const KILLED = 137;
/** Between two looks: a part of `watchSeconds`, later a part of the time that has gone. Each look is work for the engine. */
const POLL = 0.02;
const LATER_POLL = 0.04;
/** How many times `watchSeconds` after its first port a program that does not listen as announced is ready. */
const LATER_PORTS = 2;
const HELP = ['--help'];

/** Bounds what a container may take: two processors, of which a machine with one need not know. */
const LIMITS = ['--memory', '2g', '--pids-limit', '2048', '--cpu-quota', '200000'];
/** Docker's own interval is 30 seconds. */
const FAST_HEALTH = ['--health-interval', '1s'];

/** Starts an image, looks at what it does, and removes the container. */
export async function observe(request: ProbeRequest): Promise<Outcome<Observation>> {
  const { image, settings } = request;
  const started = await (request.startService?.(image) ?? startAlone(request, settings.args));
  if (!started.ok) return started;
  const container = started.value;
  try {
    const seen = await watch(container, request);
    request.signal.throwIfAborted();
    const calls = await callAll(request);
    const command = await request.runCommand?.(image);
    return { ok: true, value: { ...seen, calls, user: request.info.user, command } };
  } finally {
    await container.remove();
  }
}

async function startAlone(request: ProbeRequest, args: readonly string[]): Promise<Outcome<Container>> {
  const { runtime, image, info, settings, runOptions, signal } = request;
  const start = (limits: readonly string[]) => {
    const options = [...limits, ...(info.hasHealthCheck ? FAST_HEALTH : []), ...runOptions];
    return runtime.start({ image, args, options, env: settings.env, signal });
  };
  const started = await start(LIMITS);
  // Without control groups, engines of users that are not root cannot limit anything.
  return started.ok || !/cgroup|memory|pids|cpu/i.test(started.reason) ? started : start([]);
}

async function watch(
  container: Container,
  request: ProbeRequest,
): Promise<Omit<Observation, 'calls' | 'user' | 'command'>> {
  const { runtime, helper, earlier, signal, info } = request;
  const watchMs = request.settings.watchSeconds * 1000;
  const started = performance.now();
  const elapsed = () => performance.now() - started;
  let neighbor: Neighbor | undefined;
  try {
    let state = await container.state();
    if (state.isRunning && helper !== undefined) {
      neighbor = await joinNetwork(runtime, helper, container, info, signal);
    }
    let ports: readonly ListeningPort[] = [];
    let firstPortMs: number | undefined;
    let readyMs: number | undefined;
    const limit = startLimitMs(request);
    const settle = settleMs(request);
    while (state.isRunning && elapsed() < limit && !signal.aborted) {
      ports = (await neighbor?.ports()) ?? [];
      if (ports.length > 0) firstPortMs ??= elapsed();
      const isLate = !earlier && firstPortMs !== undefined && elapsed() > firstPortMs + watchMs * LATER_PORTS;
      if (readyMs === undefined && (isLate || isReady(state, ports, request))) {
        readyMs = elapsed();
        request.onReady?.();
      }
      if (readyMs !== undefined && elapsed() > readyMs + settle.least) {
        if (elapsed() > readyMs + settle.most || !(await lacksLine(container, request))) break;
      }
      // A program that serves nothing is watched for a while.
      if (!earlier && readyMs === undefined && !isAwaited(request, ports) && elapsed() > watchMs) break;
      await wait(Math.max(watchMs * POLL, elapsed() * LATER_POLL));
      state = await container.state();
    }
    signal.throwIfAborted();
    const watchedMs = Math.round(elapsed());
    const answers = neighbor && state.isRunning ? await ask(neighbor, ports, request) : [];
    state = await container.state();
    const log = concealed(await container.log(), request.secrets);
    const stop = state.isRunning && !signal.aborted ? await stopped(container, request) : undefined;
    const mounts = request.settings.volumes.map(targetOf);
    const written = await withFolders(container, writtenFiles((await container.changes()) ?? [], mounts), earlier);
    return {
      exitCode: state.isRunning ? undefined : state.exitCode,
      readyMs: readyMs === undefined ? undefined : Math.round(readyMs),
      watchedMs,
      health: state.health,
      isNetworkSeen: neighbor !== undefined,
      ports,
      answers,
      isLogWhole: log.isWhole,
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

/** Whether the log has not yet all lines of a program that keeps running. */
async function lacksLine(container: Container, { earlier, secrets }: ProbeRequest): Promise<boolean> {
  const { stdout, stderr } = concealed(await container.log(), secrets);
  const lines = new Set([...comparableLines(stdout), ...comparableLines(stderr)]);
  return (
    earlier !== undefined &&
    earlier.exitCode === undefined &&
    [...earlier.stdout, ...earlier.stderr].some((line) => !lines.has(line))
  );
}

/** Whether something is still to come that the original is given more time for. */
function isAwaited({ info }: ProbeRequest, ports: readonly ListeningPort[]): boolean {
  return info.hasHealthCheck || info.exposed.length > 0 || ports.length > 0;
}

function isReady(state: ContainerState, ports: readonly ListeningPort[], { info, earlier }: ProbeRequest): boolean {
  if (info.hasHealthCheck && (earlier?.health ?? 'healthy') === 'healthy') return state.health === 'healthy';
  if (earlier)
    return earlier.ports.length > 0 && earlier.ports.every((port) => ports.some((one) => isSamePort(port, one)));
  const reachable = ports.filter(({ isLoopback }) => !isLoopback).map(({ port, protocol }) => `${port}/${protocol}`);
  // Others may come first: of a debugger, or of metrics.
  return info.exposed.length > 0 ? info.exposed.every((port) => reachable.includes(port)) : reachable.length > 0;
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

async function ask(neighbor: Neighbor, ports: readonly ListeningPort[], request: ProbeRequest): Promise<HttpAnswer[]> {
  const { settings, earlier } = request;
  const answers: HttpAnswer[] = [];
  for (const check of settings.http.length > 0 ? settings.http : [ROOT]) {
    const targets = check.port === undefined ? ports.filter(isOpen).map(({ port }) => port) : [check.port];
    for (const port of targets) {
      const before = earlier?.answers.find((one) => one.request === nameOf(port, check));
      // A port that does not speak HTTP takes a long time not to answer.
      if (before?.status !== 0) answers.push(await askHttp(neighbor, port, check, request));
    }
  }
  return answers;
}

function isOpen({ protocol, isLoopback }: ListeningPort): boolean {
  return protocol === 'tcp' && !isLoopback;
}

function concealed({ stdout, stderr, isWhole }: ContainerLog, secrets: readonly string[]): ContainerLog {
  return { isWhole, stdout: conceal(stdout, secrets), stderr: conceal(stderr, secrets) };
}

/** With folders that the program has made before, and that the image has now. */
async function withFolders(
  container: Container,
  written: readonly string[],
  earlier: Observation | undefined,
): Promise<string[]> {
  const all = [...written];
  for (const path of earlier?.written ?? []) {
    if (!all.includes(path) && !/\.\w+$/.test(path) && (await container.hasFolder(path))) all.push(path);
  }
  return all;
}

async function stopped(container: Container, request: ProbeRequest): Promise<StopResult> {
  const started = performance.now();
  await container.stop(stopSeconds(request), request.signal);
  const milliseconds = Math.round(performance.now() - started);
  const { exitCode } = await container.state();
  return { isKilled: exitCode === KILLED, exitCode, milliseconds };
}

/** Images with an ENTRYPOINT take arguments. */
async function callAll(request: ProbeRequest): Promise<CallResult[]> {
  const { settings, hasEntrypoint, earlier } = request;
  const isAutomatic = settings.calls.length === 0;
  const wanted = isAutomatic ? (hasEntrypoint ? [HELP] : []) : settings.calls;
  const results: CallResult[] = [];
  for (const args of earlier?.calls.map((one) => one.args) ?? wanted) {
    const before = earlier?.calls.find((one) => one.args === args);
    const result = await call(request, args, callLimitMs(before, request));
    if (result && (earlier || !isAutomatic || isHelp(result))) results.push(result);
  }
  return results;
}

/** A server that starts whatever its arguments are, or a script that does not know them, says nothing about help. */
function isHelp({ exitCode, stdout }: CallResult): boolean {
  return exitCode !== undefined && stdout.length > 0;
}

async function call(request: ProbeRequest, args: readonly string[], limitMs: number): Promise<CallResult | undefined> {
  const { settings, signal, secrets } = request;
  const started = await startAlone(request, args);
  if (!started.ok) return undefined;
  const container = started.value;
  try {
    const begun = performance.now();
    let state = await container.state();
    while (state.isRunning && performance.now() < begun + limitMs && !signal.aborted) {
      await wait(settings.watchSeconds * 1000 * POLL);
      state = await container.state();
    }
    const milliseconds = Math.round(performance.now() - begun);
    const { stdout } = concealed(await container.log(), secrets);
    const exitCode = state.isRunning ? undefined : state.exitCode;
    return { args, exitCode, stdout: comparableLines(stdout), milliseconds };
  } finally {
    await container.remove();
  }
}
