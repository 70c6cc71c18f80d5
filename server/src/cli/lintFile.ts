import type { LintResult } from '../engine/engine';
import { hostFile } from '../project/inline/hostFile';
import type { InlineDockerfile } from '../project/inline/inlineDockerfile';
import { findingInHost, lintInline } from '../project/inline/lintInline';
import { lintBuilds } from '../project/lintBuilds';
import type { BaselineRun } from './baselines';
import type { LintedFile } from './formatters/reporter';
import { processFile } from './processFile';
import type { Session } from './session';

/** A file with its findings, without those in its baseline. */
export function lintFile(session: Session, path: string, baseline?: BaselineRun): LintedFile {
  const file = processFile(session, path, (text) => lintText(session, path, withoutMark(text)));
  if (!file.ok) return { path, text: '', findings: [], error: file.reason };
  const results = baseline ? baseline.newIn(path, file.value) : file.value;
  const findings = results.flatMap(({ inline, findings: own }) =>
    inline ? own.map((finding) => findingInHost(inline, finding)) : own,
  );
  return { path, text: withoutMark(file.text), findings };
}

interface Linted extends LintResult {
  readonly inline?: InlineDockerfile;
}

/** Of the Dockerfile, or of each one inside the file. */
function lintText(session: Session, path: string, text: string): readonly Linted[] {
  const { engine } = session;
  const host = hostFile(path, text);
  if (!host) return [lintBuilds(engine, text, session.lintOptions(path))];
  return host.dockerfiles.map((inline) => ({
    ...lintInline(engine, inline, session.inlineOptions(path, inline)),
    inline,
  }));
}

/** Without its byte-order mark: editors and readers of reports count columns after it. */
function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}
