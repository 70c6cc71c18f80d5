import { unifiedDiff } from '../../text/unifiedDiff';
import { createColour } from '../colour';
import { Failure } from '../failure';
import { findFiles, reasonOf } from '../findFiles';
import { printJson } from '../formatters/json';
import { portablePath } from '../formatters/reporter';
import { readDockerfile } from '../readFile';
import type { Session } from '../session';
import { writeAtomically } from '../writeFile';

export interface Rewritten {
  readonly after: string;
  /** What was done, for a person; '' when nothing was. */
  readonly report: string;
  /** What stands beside path, before and after in the JSON. */
  readonly json: Readonly<Record<string, unknown>>;
}

/**
 * What `fix` and `optimize` do with the new text: show report and diff, with --diff the diff alone, with --write the
 * files are replaced, and standard input gives the text on standard output.
 */
export function rewriteFiles(
  session: Session,
  command: 'fix' | 'optimize',
  rewrite: (path: string, text: string) => Rewritten,
): number {
  const { options } = session;
  if (options.format !== 'text' && options.format !== 'json') {
    throw new Failure(`--format ${options.format} is for lint; ${command} has text and json`);
  }
  const found = findFiles(options.operands.length > 0 ? options.operands : ['.']);
  for (const { path, message } of found.problems) session.fail(`${path}: ${message}`);
  const files: unknown[] = found.problems.map(({ path, message }) => ({ path: portablePath(path), error: message }));
  let isAnyChanged = false;
  for (const path of found.paths) {
    const source = readDockerfile(path);
    if (!source.ok) {
      session.fail(`${path}: ${source.reason}`);
      files.push({ path: portablePath(path), error: source.reason });
      continue;
    }
    const result = rewrite(path, source.text);
    const isChanged = result.after !== source.text;
    isAnyChanged ||= isChanged;
    files.push({ path: portablePath(path), before: source.text, after: result.after, ...result.json });
    if (options.isWrite && path !== '-' && isChanged) write(session, path, result.after);
    if (options.format === 'text') show(session, path, source.text, result);
  }
  if (options.format === 'json') printJson(session, { version: 1, files });
  else if (isAnyChanged && !options.isWrite && !options.isDiff && !found.paths.includes('-')) {
    session.out('Nothing is written without --write\n');
  }
  return 0;
}

function write(session: Session, path: string, text: string): void {
  try {
    writeAtomically(path, text);
  } catch (error) {
    session.fail(`${path}: not written: ${reasonOf(error)}`);
  }
}

function show(session: Session, path: string, before: string, { after, report }: Rewritten): void {
  const { options } = session;
  const diff = () => colouredDiff(session, unifiedDiff(before, after, { before: `a/${path}`, after: `b/${path}` }));
  if (options.isDiff) {
    session.out(diff());
    return;
  }
  if (path === '-') {
    // Standard output is the file; what was done goes beside it.
    session.out(after);
    return;
  }
  const heading = before === after ? `${path}: nothing to change` : `${path}${options.isWrite ? ': written' : ''}`;
  session.out(`${createColour(session.hasColour).bold(heading)}\n${report === '' ? '' : `${report}\n`}`);
  if (!options.isWrite && before !== after) session.out(`\n${diff()}`);
  session.out('\n');
}

function colouredDiff(session: Session, diff: string): string {
  const colour = createColour(session.hasColour);
  return diff
    .split('\n')
    .map((line) => {
      if (line.startsWith('+++') || line.startsWith('---')) return colour.bold(line);
      if (line.startsWith('@@')) return colour.cyan(line);
      if (line.startsWith('+')) return colour.green(line);
      return line.startsWith('-') ? colour.red(line) : line;
    })
    .join('\n');
}
