import { spawn, spawnSync } from 'node:child_process';
import { parseShellCheckOutput, SHELLCHECK_EXCLUDED, type ShellCheckRequest } from '../engine/shellCheck';
import { findProgram } from '../system/findProgram';
import type { ShellCheckAnswer } from './host';

const TIME_LIMIT_MS = 10_000;
const OUTPUT_LIMIT_BYTES = 4 * 1024 * 1024;

/** Runs ShellCheck on one script, without a shell, with a limit on time and output. Never rejects. */
export function runShellCheck(
  program: string,
  request: ShellCheckRequest,
  signal: AbortSignal,
): Promise<ShellCheckAnswer> {
  const found = findProgram(program);
  if (found === undefined) return Promise.resolve(notFound(program));
  return new Promise((resolve) => {
    const child = spawn(found, argumentsFor(request), {
      stdio: ['pipe', 'pipe', 'ignore'],
      signal,
      timeout: TIME_LIMIT_MS,
    });
    const chunks: Buffer[] = [];
    let size = 0;
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > OUTPUT_LIMIT_BYTES) child.kill();
      else chunks.push(chunk);
    });
    child.on('error', (error) => resolve({ ok: false, reason: error.message }));
    child.on('close', (code) => resolve(answerOf(code, Buffer.concat(chunks).toString('utf8'))));
    // It may exit before it has read everything: `close` reports that.
    child.stdin.on('error', () => {});
    child.stdin.end(request.text);
  });
}

/** The same, synchronously, for the command line, which does one thing at a time. */
export function runShellCheckSync(program: string, request: ShellCheckRequest): ShellCheckAnswer {
  const found = findProgram(program);
  if (found === undefined) return notFound(program);
  const { error, status, stdout } = spawnSync(found, argumentsFor(request), {
    input: request.text,
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'ignore'],
    timeout: TIME_LIMIT_MS,
    maxBuffer: OUTPUT_LIMIT_BYTES,
  });
  return error ? { ok: false, reason: error.message } : answerOf(status, stdout);
}

function notFound(program: string): ShellCheckAnswer {
  return { ok: false, reason: `${program}: not found on the PATH, or not a program` };
}

/** `--norc`: a file next to the Dockerfile is meant for other scripts. */
function argumentsFor({ dialect }: ShellCheckRequest): string[] {
  return ['--norc', '--format=json1', `--shell=${dialect}`, `--exclude=${SHELLCHECK_EXCLUDED}`, '-'];
}

/** The exit code is 1 when there are comments. */
function answerOf(status: number | null, output: string): ShellCheckAnswer {
  const comments = parseShellCheckOutput(output);
  if (comments && (status === 0 || status === 1)) return { ok: true, comments };
  return { ok: false, reason: status === null ? 'it took too long or said too much' : `it exited with ${status}` };
}
