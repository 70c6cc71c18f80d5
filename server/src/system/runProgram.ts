import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { descendantsOf } from './descendants';
import { findProgram } from './findProgram';

export interface ProgramRequest {
  /** An absolute path: see findProgram. */
  readonly program: string;
  readonly args: readonly string[];
  /** Added to the environment of this process. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** On Windows, the arguments reach the program as they are: `cmd` reads quotes in its own way. */
  readonly isVerbatim?: boolean | undefined;
  readonly input?: string | undefined;
  /** Undefined: the working directory of this process. */
  readonly cwd?: string | undefined;
  /** Kills the program and everything that it has started. */
  readonly signal: AbortSignal;
  readonly timeLimitMs: number;
  /** More bytes on standard output end the program; ignored with `read`, which decides itself. */
  readonly outputLimitBytes: number;
  /** Receives standard error as it arrives, for a person. */
  readonly onOutput?: ((text: string) => void) | undefined;
  /** Receives standard output as a stream; if it fails, the program is ended. */
  readonly read?: ((output: Readable) => Promise<void>) | undefined;
}

export type ProgramEnd =
  | ({ readonly how: 'exited'; readonly code: number } & ProgramOutput)
  /** Killed by someone else: an administrator, or the kernel when memory runs out. */
  | ({ readonly how: 'killed'; readonly by: string } & ProgramOutput)
  | { readonly how: 'not-started'; readonly reason: string }
  | { readonly how: 'cancelled' | 'too-slow' | 'too-much-output' }
  | { readonly how: 'unread'; readonly error: unknown };

export interface ProgramOutput {
  /** Empty if `read` received it. */
  readonly stdout: Buffer;
  /** The last part of standard error. */
  readonly stderr: string;
}

/** How much of standard error is kept. */
export const ERROR_TAIL = 64 * 1024;
/** How long a process may take to end before it is killed. */
const GRACE_MS = 1000;
/** How long a builder has to notice that its step has ended, before it gets a signal itself. */
const CLEAN_UP_MS = 500;

/** Runs a program without a shell, with a limit on time and output, in a process group of its own. Never rejects. */
export async function runProgram(request: ProgramRequest): Promise<ProgramEnd> {
  const { program, args, env, isVerbatim, input, cwd, signal, timeLimitMs, outputLimitBytes, onOutput, read } = request;
  if (signal.aborted) return { how: 'cancelled' };
  let child: ChildProcess;
  try {
    child = spawn(program, [...args], {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
      cwd,
      // Its own process group, so that its child processes end with it.
      detached: process.platform !== 'win32',
      windowsHide: true,
      windowsVerbatimArguments: isVerbatim,
    });
  } catch (error) {
    return { how: 'not-started', reason: reasonOf(error) };
  }
  let early: ProgramEnd | undefined;
  const stop = (end: ProgramEnd): void => {
    if (early) return;
    early = end;
    endGroup(child);
  };
  const closed = new Promise<ProgramEnd | undefined>((resolve) => {
    child.on('error', (error) => {
      if (child.pid === undefined) resolve({ how: 'not-started', reason: reasonOf(error) });
    });
    child.on('close', () => resolve(undefined));
  });
  const onAbort = () => stop({ how: 'cancelled' });
  signal.addEventListener('abort', onAbort, { once: true });
  const timer = setTimeout(() => stop({ how: 'too-slow' }), timeLimitMs);
  const chunks: Buffer[] = [];
  let size = 0;
  let reading: Promise<void> | undefined;
  let unread: ProgramEnd | undefined;
  const { stdout } = child;
  if (read && stdout) {
    reading = read(stdout).catch((error: unknown) => {
      unread = { how: 'unread', error };
      // If the output is complete, the program's exit says more.
      if (stdout.readableEnded) return;
      stop(unread);
      stdout.resume();
    });
  } else {
    child.stdout?.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > outputLimitBytes) stop({ how: 'too-much-output' });
      else chunks.push(chunk);
    });
  }
  let stderr = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-ERROR_TAIL);
    onOutput?.(text);
  });
  // It may exit before it has read everything: `close` reports that.
  child.stdin?.on('error', () => {});
  child.stdin?.end(input ?? '');
  const failed = await closed;
  await reading;
  clearTimeout(timer);
  signal.removeEventListener('abort', onAbort);
  if (failed) return failed;
  if (early) return early;
  const output = { stdout: Buffer.concat(chunks), stderr };
  if (child.exitCode === null) return { how: 'killed', by: child.signalCode ?? 'a signal', ...output };
  return child.exitCode === 0 && unread ? unread : { how: 'exited', code: child.exitCode, ...output };
}

/**
 * Ends child processes first: a builder whose step has failed cleans up, while one that is ended itself does not.
 * Processes of a step may have left the group.
 */
function endGroup(child: ChildProcess): void {
  const started = child.pid === undefined ? [] : descendantsOf(child.pid);
  for (const pid of started) signal(pid, 'SIGTERM');
  const ask = setTimeout(() => signalGroup(child, 'SIGTERM'), started.length > 0 ? CLEAN_UP_MS : 0);
  const end = setTimeout(() => {
    signalGroup(child, 'SIGKILL');
    for (const pid of started) signal(pid, 'SIGKILL');
    // A process outside the group may hold the pipes open.
    child.stdout?.destroy();
    child.stderr?.destroy();
  }, GRACE_MS);
  child.on('close', () => {
    clearTimeout(ask);
    clearTimeout(end);
  });
}

function signalGroup(child: ChildProcess, name: 'SIGTERM' | 'SIGKILL'): void {
  if (child.pid === undefined) return;
  if (process.platform !== 'win32') {
    signal(-child.pid, name);
    return;
  }
  const taskkill = findProgram('taskkill');
  if (taskkill !== undefined)
    spawn(taskkill, ['/pid', String(child.pid), '/t', '/f'], { stdio: 'ignore', windowsHide: true });
}

function signal(pid: number, name: 'SIGTERM' | 'SIGKILL'): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has already ended.
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
