import type { Outcome } from '../../reports/outcome';
import { MAX_REPORT_BYTES, readReport } from '../../reports/readReport';
import type { ScanReport } from '../../reports/scanReport';
import type { ScannerChoice, ScannerKind } from '../../reports/scanRequest';
import { runProgram } from '../../system/runProgram';
import { explain } from '../engines/explain';
import { DIALECTS, TIME_LIMIT_MS } from './dialects';
import type { Scanner, ScannerSetup, Subject } from './scanner';
import { withTemporaryFolder } from './temporaryFolder';
import { databaseProblem, oldDatabase } from './trivyDatabase';

/** A scanner installed on this machine. */
export function createProgramScanner(
  kind: ScannerKind,
  program: string,
  choice: ScannerChoice,
  setup: ScannerSetup,
): Scanner {
  const dialect = DIALECTS[kind];
  return {
    kind,
    scan: async (subject, { signal, onOutput }) => {
      if (subject.archivePath !== undefined && !dialect.canReadArchives)
        return { ok: false, reason: setup.localize('Clair scans only images in registries, not local builds') };
      // An empty folder, so that files in a repository (`trivy.yaml`, `.trivyignore`) cannot change the result.
      return withTemporaryFolder(async (cwd) => {
        const end = await runProgram({
          program,
          args: dialect.args(subject, choice),
          env: dialect.env,
          cwd,
          signal,
          onOutput,
          timeLimitMs: TIME_LIMIT_MS,
          outputLimitBytes: MAX_REPORT_BYTES,
        });
        if (end.how === 'exited')
          return withDatabaseNote(kind, readOutput(kind, subject, end, setup), () =>
            oldDatabase(program, cwd, signal, setup),
          );
        if (end.how === 'unread') throw end.error;
        return explain(setup.localize, dialect.program, end, '');
      });
    },
  };
}

/** Trivy's report does not say how old the database is. */
async function withDatabaseNote(
  kind: ScannerKind,
  outcome: Outcome<ScanReport>,
  noteOf: () => Promise<string | undefined>,
): Promise<Outcome<ScanReport>> {
  const note = kind === 'trivy' && outcome.ok ? await noteOf() : undefined;
  if (note === undefined || !outcome.ok) return outcome;
  return { ok: true, value: { ...outcome.value, notes: [...outcome.value.notes, note] } };
}

export interface ScannerOutput {
  readonly code: number;
  readonly stdout: Buffer;
  /** The last part of standard error. */
  readonly stderr: string;
}

/**
 * Reads a scanner's report. If there is one, the exit code is ignored: the user's settings may make it depend on the
 * findings.
 */
export function readOutput(
  kind: ScannerKind,
  { image }: Subject,
  { code, stdout, stderr }: ScannerOutput,
  setup: ScannerSetup,
): Outcome<ScanReport> {
  const { localize, now } = setup;
  const read = readReport(stdout.toString('utf8'), { image, readAt: now(), localize });
  if (read.ok && read.report.scanner.name === kind) return { ok: true, value: read.report };
  const scanner = DIALECTS[kind].program;
  const line = lastLine(stderr);
  if (code === 0 && !read.ok) return { ok: false, reason: `${scanner}: ${read.reason}` };
  const problem = kind === 'trivy' ? databaseProblem(stderr, setup) : undefined;
  if (problem !== undefined) return { ok: false, reason: problem, output: stderr };
  if (line === '')
    return { ok: false, reason: localize('{engine} exited with code {code}', { engine: scanner, code }) };
  return {
    ok: false,
    reason: localize('{engine} failed: {reason}', { engine: scanner, reason: line }),
    output: stderr,
  };
}

const LINE_LENGTH = 300;

/** The last line of output, without the time and level that loggers put in front. */
function lastLine(text: string): string {
  const line = text.trimEnd().split(/\r?\n/).at(-1)?.trim() ?? '';
  const message = line.replace(/^(?:\d{4}-\d\d-\d\dT\S+\s+)?(?:(?:FATAL|ERROR|error:?)\s+)*/, '').replace(/^\* /, '');
  return message.length > LINE_LENGTH ? `${message.slice(0, LINE_LENGTH - 1)}…` : message;
}
