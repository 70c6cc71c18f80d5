import type { BaselineRun } from './baselines';
import type { LintedFile } from './formatters/reporter';
import { processFile } from './processFile';
import type { Session } from './session';

/** A file with its findings, without those in its baseline. */
export function lintFile(session: Session, path: string, baseline?: BaselineRun): LintedFile {
  const file = processFile(session, path, (text) => session.engine.lint(withoutMark(text), session.lintOptions(path)));
  if (!file.ok) return { path, text: '', findings: [], error: file.reason };
  const { dockerfile, findings } = file.value;
  const text = withoutMark(file.text);
  return { path, text, findings: baseline ? baseline.newIn(path, dockerfile, findings) : findings };
}

/** Without its byte-order mark: editors and readers of reports count columns after it. */
function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}
