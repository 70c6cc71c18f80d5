import type { Observation } from '../reports/verification';
import type { VerifyRequest } from '../reports/verifyRequest';
import { findProgram } from '../system/findProgram';
import { runProgram } from '../system/runProgram';

const OUTPUT_LIMIT_BYTES = 16 * 1024 * 1024;
const TIME_LIMIT_MS = 10 * 60_000;

/** Runs the command of the configuration on an image; undefined: there is none, or it may not run. */
export function createCommandRunner(
  { settings: { command }, contextFolder, isCommandAllowed }: VerifyRequest,
  signal: AbortSignal,
): ((image: string) => Promise<Observation['command']>) | undefined {
  if (command === undefined || !isCommandAllowed) return undefined;
  const isWindows = process.platform === 'win32';
  const program = findProgram(isWindows ? 'cmd' : 'sh');
  if (program === undefined) return undefined;
  return async (image) => {
    const end = await runProgram({
      program,
      args: isWindows ? ['/d', '/s', '/c', `"${command}"`] : ['-c', command],
      isVerbatim: true,
      cwd: contextFolder,
      env: { IMAGE: image },
      signal,
      timeLimitMs: TIME_LIMIT_MS,
      outputLimitBytes: OUTPUT_LIMIT_BYTES,
    });
    return end.how === 'exited' ? { exitCode: end.code } : { exitCode: -1 };
  };
}
