import type { Finding } from '../../engine/rule';
import { createLineIndex, type LineIndex } from '../../text/lineIndex';
import { type CreateReporter, type LintedFile, portablePath } from './reporter';
import { element, escapeXml, xmlDocument } from './xml';

const NAME = 'dockerfile-optimizer';

/** JUnit's XML: a suite for each file, a failed test for each finding, a passed test for a file without findings. */
export const junitReporter: CreateReporter = (session) => {
  const suites: string[] = [];
  const totals = { tests: 0, failures: 0, errors: 0 };
  return {
    file(file) {
      const counts = countsOf(file);
      totals.tests += counts.tests;
      totals.failures += counts.failures;
      totals.errors += counts.errors;
      suites.push(element('testsuite', { name: portablePath(file.path), ...counts }, testsOf(file)));
    },
    end() {
      session.out(xmlDocument(element('testsuites', { name: NAME, ...totals }, suites)));
    },
  };
};

function countsOf({ findings, error }: LintedFile): { tests: number; failures: number; errors: number } {
  if (error !== undefined) return { tests: 1, failures: 0, errors: 1 };
  return { tests: Math.max(findings.length, 1), failures: findings.length, errors: 0 };
}

function testsOf({ path, text, findings, error }: LintedFile): readonly string[] {
  const classname = portablePath(path);
  if (error !== undefined)
    return [element('testcase', { name: NAME, classname }, [element('error', { message: error })])];
  if (findings.length === 0) return [element('testcase', { name: NAME, classname })];
  const lines = createLineIndex(text);
  return findings.map((finding) => failedTest(finding, classname, lines));
}

function failedTest({ ruleId, severity, message, span }: Finding, classname: string, lines: LineIndex): string {
  const start = lines.positionAt(span.start);
  const [line, column] = [start.line + 1, start.character + 1];
  const place = `${classname}:${line}:${column}`;
  return element('testcase', { name: `${ruleId} ${line}:${column}`, classname, file: classname, line }, [
    element('failure', { type: severity, message }, [escapeXml(`${place} ${severity} ${message} [${ruleId}]`)]),
  ]);
}
