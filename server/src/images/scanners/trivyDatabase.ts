import { runProgram } from '../../system/runProgram';
import type { ScannerSetup } from './scanner';

/** Trivy updates a database that is a day old: after this long, something prevents the update. */
const OLD_MS = 7 * 24 * 3600 * 1000;
const VERSION_LIMITS = { timeLimitMs: 10_000, outputLimitBytes: 64 * 1024 };

/** Why Trivy has no database, from its standard error; undefined if it failed for another reason. */
export function databaseProblem(stderr: string, { localize }: ScannerSetup): string | undefined {
  if (/cannot be specified on the first run/.test(stderr))
    return localize('Trivy has no vulnerability database, and its settings prevent the download');
  if (/failed to download vulnerability DB/.test(stderr)) {
    const [, cause = ''] = /^[ \t]{0,8}\* (.{1,500})/m.exec(stderr) ?? [];
    return localize('Trivy could not download its vulnerability database: {reason}', { reason: cause });
  }
  if (/vulnerability DB initialize|failed to open db/.test(stderr))
    return localize("Trivy's vulnerability database cannot be read: delete it with `trivy clean --vuln-db`");
  return undefined;
}

/** A note on a database that was not updated for a week; undefined if it was, or if a server has it. */
export async function oldDatabase(
  program: string,
  cwd: string,
  signal: AbortSignal,
  { localize, now }: ScannerSetup,
): Promise<string | undefined> {
  if (process.env['TRIVY_SERVER']) return undefined;
  const end = await runProgram({ program, args: ['version', '--format', 'json'], cwd, signal, ...VERSION_LIMITS });
  if (end.how !== 'exited' || end.code !== 0) return undefined;
  const [, date] = /"UpdatedAt":\s*"(\d{4}-\d\d-\d\d)T/.exec(end.stdout.toString('utf8')) ?? [];
  if (date === undefined || now().getTime() - Date.parse(date) < OLD_MS) return undefined;
  return localize("Trivy's vulnerability database is from {date}: newer vulnerabilities are missing", { date });
}
