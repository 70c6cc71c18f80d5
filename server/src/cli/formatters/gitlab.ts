import { isAbsolute, relative } from 'node:path';
import { createLineIndex } from '../../text/lineIndex';
import { digest, fingerprintsOf } from './fingerprint';
import { printJson } from './json';
import { type CreateReporter, type LintedFile, portablePath } from './reporter';

const SEVERITIES = { error: 'critical', warning: 'major', info: 'minor', hint: 'info' } as const;

/** GitLab's Code Quality report: a merge request shows it next to its lines. */
export const gitlabReporter: CreateReporter = (session) => {
  const entries: unknown[] = [];
  return {
    file(file) {
      const path = pathInRepository(file.path);
      if (file.error !== undefined) entries.push(unreadable(path, file.error));
      for (const entry of entriesOf(file, path)) entries.push(entry);
    },
    end() {
      printJson(session, entries);
    },
  };
};

function* entriesOf(file: LintedFile, path: string): Generator<unknown> {
  const lines = createLineIndex(file.text);
  const fingerprints = fingerprintsOf(file);
  for (const [index, { ruleId, message, severity, span }] of file.findings.entries()) {
    yield {
      description: message,
      check_name: ruleId,
      // GitLab needs fingerprints that are unique in the whole report, not only in a file.
      fingerprint: digest(`${path}\n${fingerprints[index]}`),
      severity: SEVERITIES[severity],
      location: {
        path,
        lines: { begin: lines.positionAt(span.start).line + 1, end: lines.positionAt(span.end).line + 1 },
      },
    };
  }
}

function unreadable(path: string, reason: string): unknown {
  return {
    description: reason,
    check_name: 'unreadable-file',
    fingerprint: digest(`${path}\nunreadable-file`),
    severity: 'blocker',
    location: { path, lines: { begin: 1, end: 1 } },
  };
}

/** GitLab expects paths relative to the repository's root, where jobs start, without a leading `./`. */
function pathInRepository(path: string): string {
  return portablePath(isAbsolute(path) ? relative(process.cwd(), path) : path).replace(/^(?:\.\/)+/, '');
}
