import type { FailOn } from '../../engine/config';
import type { Severity } from '../../engine/rule';
import { type Baselines, createBaselines } from '../baselines';
import { findFiles } from '../findFiles';
import type { CreateReporter, LintedFile, LintReporter } from '../formatters/reporter';
import { reportIntoFile } from '../formatters/reportIntoFile';
import { lintFile } from '../lintFile';
import type { Format } from '../options';
import { createProgress } from '../progress';
import type { Session } from '../session';

const REPORTERS: Readonly<Record<Format, () => Promise<CreateReporter>>> = {
  text: async () => (await import('../formatters/text')).textReporter,
  json: async () => (await import('../formatters/json')).jsonReporter,
  sarif: async () => (await import('../formatters/sarif')).sarifReporter,
  github: async () => (await import('../formatters/github')).githubReporter,
  gitlab: async () => (await import('../formatters/gitlab')).gitlabReporter,
  checkstyle: async () => (await import('../formatters/checkstyle')).checkstyleReporter,
  junit: async () => (await import('../formatters/junit')).junitReporter,
  html: async () => (await import('../formatters/html')).htmlReporter,
  markdown: async () => (await import('../formatters/markdown')).markdownReporter,
};
const ORDER: readonly Severity[] = ['hint', 'info', 'warning', 'error'];

/** Exit code: 0, or 1 when a finding is at or over --fail-on; the caller turns failures into 2. */
export async function lint(session: Session): Promise<number> {
  const { options } = session;
  const found = findFiles(options, session.engine.localize);
  for (const { path, message } of found.problems) session.fail(`${path}: ${message}`);
  const reporters: readonly LintReporter[] = [
    (await REPORTERS[options.format]())(session),
    ...(await Promise.all(
      options.outputs.map(async ({ format, path }) => reportIntoFile(session, path, await REPORTERS[format]())),
    )),
  ];
  const report = (file: LintedFile) => {
    for (const reporter of reporters) reporter.file(file);
  };
  const baselines = createBaselines(session);
  const progress = createProgress(session, found.paths.length);
  let isOver = false;
  for await (const file of lintAll(session, baselines, found.paths)) {
    progress.next();
    const failOn = options.failOn ?? session.failOn(file.path);
    isOver ||= file.findings.some((finding) => isAtLeast(finding.severity, failOn));
    report(file);
  }
  progress.end();
  await baselines.end();
  for (const { path, message } of found.problems) report({ path, text: '', findings: [], error: message });
  for (const reporter of reporters) await reporter.end();
  return isOver ? 1 : 0;
}

/** With fewer files, the run ends before a second thread has started. */
const MANY = 200;

/** Lints all files and yields them in order. */
async function* lintAll(session: Session, baselines: Baselines, paths: readonly string[]): AsyncGenerator<LintedFile> {
  const known = paths.map((path) => baselines.of(path));
  if (paths.length >= MANY && known.every((baseline) => baseline === undefined) && !paths.includes('-')) {
    yield* (await import('../threads')).lintOnThreads(session, paths);
    return;
  }
  // A single file ends before the compiler begins.
  const compiling = paths.length > 1 ? await import('../compileLess') : undefined;
  compiling?.compileLess();
  for (const [index, path] of paths.entries()) yield lintFile(session, path, known[index]);
  compiling?.compileAsUsual();
}

function isAtLeast(severity: Severity, failOn: FailOn): boolean {
  return failOn !== 'never' && ORDER.indexOf(severity) >= ORDER.indexOf(failOn);
}
