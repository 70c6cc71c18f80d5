import { findProgram } from './findProgram';
import { runProgram } from './runProgram';

const MAX_COMMITS = 100;
const TIME_LIMIT_MS = 20_000;
const OUTPUT_LIMIT_BYTES = 16 * 1024 * 1024;
/** Of the format below; no path begins with it. */
const COMMIT = '\u0001';

/**
 * The paths that the last commits change in a folder, as seen from it, the newest commit first. Undefined without git
 * or a repository. Git reads the configuration of the repository: only where that is trusted.
 */
export async function commitsOf(
  folder: string,
  signal: AbortSignal,
): Promise<readonly (readonly string[])[] | undefined> {
  const program = findProgram('git');
  if (program === undefined) return undefined;
  const end = await runProgram({
    program,
    args: [
      ...['-c', 'core.fsmonitor=false', '-c', 'log.showSignature=false', '--no-pager', 'log'],
      ...[`--max-count=${MAX_COMMITS}`, '--no-merges', '--no-renames', '--no-ext-diff', '--name-only', '--relative'],
      ...['-z', '--format=tformat:%x01', '--', '.'],
    ],
    cwd: folder,
    // A partial clone would ask its server.
    env: { GIT_NO_LAZY_FETCH: '1', GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0' },
    signal,
    timeLimitMs: TIME_LIMIT_MS,
    outputLimitBytes: OUTPUT_LIMIT_BYTES,
  });
  if (end.how !== 'exited' || end.code !== 0) return undefined;
  const commits = end.stdout.toString('utf8').split(COMMIT).slice(1);
  return commits.map((paths) => paths.split('\0').flatMap((path) => path.trim() || []));
}
