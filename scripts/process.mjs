import { spawn, spawnSync } from 'node:child_process';

/** Longer than any captured program takes, including the first installation of code-server. */
const TIME_LIMIT = 15 * 60_000;
const cleanups = new Set();

/** Also runs `cleanup` when a signal ends this process; returns a function that unregisters it. */
export function onSignal(cleanup) {
  if (cleanups.size === 0) for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, endAll);
  cleanups.add(cleanup);
  return () => {
    cleanups.delete(cleanup);
    if (cleanups.size === 0) for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.off(signal, endAll);
  };
}

/** Exits with the exit code that was set before, if any: `npm start` is meant to be ended this way. */
async function endAll() {
  await Promise.allSettled([...cleanups].map((cleanup) => cleanup()));
  process.exit(process.exitCode ?? 130);
}

/** Runs a program with our own input and output and returns its exit code. */
export function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit', ...options });
  if (error) throw new Error(`${command} could not be started: ${error.message}`);
  return status ?? 1;
}

/** Runs a program and returns what it printed; throws with its output if it fails. */
export function capture(command, args, options = {}) {
  const limits = { maxBuffer: 64 * 1024 * 1024, timeout: TIME_LIMIT };
  const result = spawnSync(command, args, { encoding: 'utf8', ...limits, ...options });
  if (result.error) throw new Error(`${command} could not be run: ${result.error.message}`);
  if (result.status !== 0) {
    throw new Error(
      `${command} ${args.join(' ')} failed (${result.status}):\n${result.stdout}${result.stderr}`.trimEnd(),
    );
  }
  return result.stdout;
}

/** The same asynchronously, for programs that talk to this process meanwhile. */
export async function captureAsync(command, args, options = {}) {
  const child = spawn(command, args, { ...options, shell: process.platform === 'win32' });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text));
  const timer = setTimeout(() => child.kill(), TIME_LIMIT);
  const status = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  clearTimeout(timer);
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed (${status}):\n${said}`.trimEnd());
  return said;
}

export function isInstalled(command) {
  return spawnSync(process.platform === 'win32' ? 'where' : 'which', [command], { stdio: 'ignore' }).status === 0;
}

/** Starts a program that runs at most as long as this process; `stop` ends it and waits until it has exited. */
export function start(command, args, options = {}) {
  const child = spawn(command, args, options);
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), 5000);
    await ended;
    clearTimeout(timer);
  };
  ended.then(onSignal(stop));
  return { child, ended, stop };
}
