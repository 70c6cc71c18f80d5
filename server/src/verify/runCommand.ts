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
  const found = shell();
  if (command === undefined || !isCommandAllowed || !found) return undefined;
  const [program, option] = found;
  return async (image) => {
    const end = await runProgram({
      program,
      args: [option, command],
      cwd: contextFolder,
      env: { IMAGE: image },
      signal,
      timeLimitMs: TIME_LIMIT_MS,
      outputLimitBytes: OUTPUT_LIMIT_BYTES,
    });
    return end.how === 'exited' ? { exitCode: end.code } : { exitCode: -1 };
  };
}

function shell(): readonly [program: string, option: string] | undefined {
  const [name, option] = process.platform === 'win32' ? (['cmd', '/c'] as const) : (['sh', '-c'] as const);
  const program = findProgram(name);
  return program === undefined ? undefined : [program, option];
}
