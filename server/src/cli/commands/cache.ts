import { relative, resolve } from 'node:path';
import { dockerignoreOf } from '../../app/ignoreFile';
import { isInContext, stepsAgain, takesPath } from '../../app/runsAgain';
import { plannedHistory } from '../../optimizer/plannedHistory';
import { commitsOf } from '../../system/commitsOf';
import { Failure } from '../failure';
import { printJson } from '../formatters/json';
import { portablePath } from '../formatters/reporter';
import { oneDockerfile, type Source } from '../oneDockerfile';
import type { Session } from '../session';

/** `cache [Dockerfile]`: what a build runs again when files change. */
export async function cache(session: Session): Promise<number> {
  const { changed, isHistory } = session.options;
  if (changed.length === 0 && !isHistory)
    throw new Failure(session.engine.localize('cache requires --changed <path> or --history'));
  const source = oneDockerfile(session);
  return isHistory ? showHistory(session, source) : showChanged(session, source);
}

function showChanged(session: Session, { path, text }: Source): number {
  const { localize } = session.engine;
  const { changed, format } = session.options;
  const options = session.lintOptions(path);
  const { dockerfile } = session.engine.lint(text, options);
  const ignore = options.buildContext && dockerignoreOf(options.buildContext);
  const folder = resolve(session.contextFolder(path));
  const paths = changed.map((one) => portablePath(relative(folder, resolve(one)))).filter(isInContext);
  const steps = stepsAgain(dockerfile, (node) => paths.some((one) => takesPath(node, one, ignore)));
  if (format === 'json') {
    printJson(session, { version: 1, path: portablePath(path), steps });
    return 0;
  }
  for (const { line, instruction, isCertain } of steps) {
    const note = isCertain ? '' : ` (${localize('if what it copies changes')})`;
    session.out(`${portablePath(path)}:${line} ${instruction}${note}\n`);
  }
  session.out(`${localize('Steps that run again: {count}', { count: steps.length })}\n`);
  return 0;
}

/** Which inputs the last commits change, and what the order of the plan would have saved. */
async function showHistory(session: Session, { path, text }: Source): Promise<number> {
  const { localize } = session.engine;
  const folder = resolve(session.contextFolder(path));
  const found = await session.interruptible((signal) => commitsOf(folder, signal));
  if (!found || found.length === 0)
    throw new Failure(localize('{path}: git knows no commits of this folder', { path: portablePath(folder) }));
  const { inputs, commits, runs, plannedRuns } = plannedHistory(
    session.engine,
    text,
    { ...session.lintOptions(path), ...session.planOptions },
    found,
  );
  if (session.options.format === 'json') {
    printJson(session, { version: 1, path: portablePath(path), commits, inputs, runs, plannedRuns });
    return 0;
  }
  for (const { line, instruction, ...input } of inputs) {
    const note = localize('changed by {count} of {commits} commits, runs again: {runs}', {
      count: input.commits,
      commits,
      runs: input.runs,
    });
    session.out(`${portablePath(path)}:${line} ${instruction} (${note})\n`);
  }
  session.out(`${localize('RUN instructions that {commits} commits run again: {runs}', { commits, runs })}\n`);
  if (plannedRuns !== undefined)
    session.out(`${localize('In the order that optimize gives: {runs}', { runs: plannedRuns })}\n`);
  return 0;
}
