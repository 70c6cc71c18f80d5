import { spawn, spawnSync } from 'node:child_process';

/** Runs a program to its end with our own input and output; its exit code. */
export function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit', ...options });
  if (error) throw new Error(`${command} could not be started: ${error.message}`);
  return status ?? 1;
}

/** Runs a program and gives what it printed; throws with its output when it fails. */
export function capture(command, args, options = {}) {
  const result = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, ...options });
  if (result.error) throw new Error(`${command} could not be started: ${result.error.message}`);
  if (result.status !== 0) {
    throw new Error(
      `${command} ${args.join(' ')} failed (${result.status}):\n${result.stdout}${result.stderr}`.trimEnd(),
    );
  }
  return result.stdout;
}

export function isInstalled(command) {
  return spawnSync(process.platform === 'win32' ? 'where' : 'which', [command], { stdio: 'ignore' }).status === 0;
}

/** Starts a program that goes on; `stop` ends it and waits until it is gone. */
export function start(command, args, options = {}) {
  const child = spawn(command, args, options);
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), 5000);
    await ended;
    clearTimeout(timer);
  };
  return { child, ended, stop };
}
