import { isAbsolute, join, relative, resolve } from 'node:path';
import { hostFile } from '../../project/inline/hostFile';
import { escapeMarkdown } from '../../text/markdown';
import { unifiedDiff } from '../../text/unifiedDiff';
import { createColour } from '../colour';
import { reasonOf } from '../failure';
import { findFiles } from '../findFiles';
import { printJson } from '../formatters/json';
import { portablePath } from '../formatters/reporter';
import { processFile } from '../processFile';
import { createProgress } from '../progress';
import type { Session } from '../session';
import { rewriteInside } from './rewriteInside';
import type { Rewrite, Rewritten } from './rewritten';

/**
 * Outputs the new text for `fix` and `optimize`: shows the report and a diff, with --diff only the diff; with --write,
 * replaces the files; for standard input, prints the text to standard output.
 */
export async function rewriteFiles(session: Session, rewrite: Rewrite): Promise<number> {
  const { options } = session;
  const found = findFiles(options, session.engine.localize);
  for (const { path, message } of found.problems) session.fail(`${path}: ${message}`);
  const files: unknown[] = found.problems.map(({ path, message }) => ({ path: portablePath(path), error: message }));
  const progress = createProgress(session, found.paths.length);
  let isAnyChanged = false;
  for (const path of found.paths) {
    progress.next();
    const file = processFile(session, path, (text) => rewritten(session, path, text, rewrite));
    if (!file.ok) {
      files.push({ path: portablePath(path), error: file.reason });
      continue;
    }
    const { isChanged, json } = await finishFile(session, path, file.text, file.value);
    isAnyChanged ||= isChanged;
    files.push(json);
  }
  progress.end();
  if (options.format === 'json') printJson(session, { version: 1, files });
  else if (
    options.format === 'text' &&
    isAnyChanged &&
    !options.isWrite &&
    !options.isDiff &&
    !found.paths.includes('-')
  ) {
    session.out(`${session.engine.localize('Use --write to write the changes')}\n`);
  }
  return 0;
}

function rewritten(session: Session, path: string, text: string, rewrite: Rewrite): Rewritten {
  const host = hostFile(path, text);
  return host ? rewriteInside(session, host, rewrite) : rewrite(path, text, session.lintOptions(path));
}

/** Shows or writes one result; returns what JSON says of it. */
export async function finishFile(
  session: Session,
  path: string,
  before: string,
  result: Rewritten,
): Promise<{ readonly isChanged: boolean; readonly json: Rewritten['json'] }> {
  const { options } = session;
  const isChanged = result.after !== before || (result.files?.length ?? 0) > 0;
  const mustWrite = options.isWrite && path !== '-' && isChanged;
  const error = mustWrite ? await writeAll(session, path, result) : undefined;
  if (error === undefined) {
    if (options.format === 'text') show(session, path, before, result);
    if (options.format === 'markdown') comment(session, path, isChanged, result.report);
  }
  const json = { path: portablePath(path), before, after: result.after, ...result.json };
  return { isChanged, json: error === undefined ? json : { ...json, error } };
}

/** Writes the other files first: a Dockerfile that needs them never exists without them. */
async function writeAll(session: Session, path: string, { after, files = [] }: Rewritten): Promise<string | undefined> {
  for (const file of files) {
    const problem = await write(session, besideOf(session, path, file.path), file.after);
    if (problem !== undefined) return problem;
  }
  return write(session, path, after);
}

function besideOf(session: Session, path: string, name: string): string {
  return join(session.contextFolder(path), name);
}

/** The reason why it was not written; undefined if it was. */
async function write(session: Session, path: string, text: string): Promise<string | undefined> {
  try {
    await session.write(path, text);
    return undefined;
  } catch (error) {
    const { localize } = session.engine;
    const reason = localize('not written: {reason}', { reason: reasonOf(error, localize) });
    session.fail(`${path}: ${reason}`);
    return reason;
  }
}

/** Without the diff, which a pull request shows. */
function comment({ out, engine: { localize } }: Session, path: string, isChanged: boolean, report: string): void {
  const told = isChanged ? [] : [localize('Nothing to change')];
  out(`${[`## ${escapeMarkdown(portablePath(path))}`, ...told, ...(report === '' ? [] : [report])].join('\n\n')}\n\n`);
}

function show(session: Session, path: string, before: string, { after, files = [], report }: Rewritten): void {
  const { options } = session;
  const name = nameInDiff(path);
  const diff = () => {
    const others = files.map((file) => {
      const other = nameInDiff(besideOf(session, path, file.path));
      const old = file.before === undefined ? '/dev/null' : `a/${other}`;
      return unifiedDiff(file.before ?? '', file.after, { before: old, after: `b/${other}` });
    });
    const own = unifiedDiff(before, after, { before: `a/${name}`, after: `b/${name}` });
    return colouredDiff(session, [own, ...others].join(''));
  };
  if (options.isDiff) {
    session.out(diff());
    return;
  }
  if (path === '-') {
    // Standard output is the new file, so the report is not printed.
    session.out(after);
    return;
  }
  const isSame = before === after && files.length === 0;
  const { localize } = session.engine;
  const changed = options.isWrite ? localize('{path}: written', { path }) : path;
  const heading = isSame ? localize('{path}: nothing to change', { path }) : changed;
  session.out(`${createColour(session.hasColour).bold(heading)}\n${report === '' ? '' : `${report}\n`}`);
  if (!options.isWrite && !isSame) session.out(`\n${diff()}`);
  session.out('\n');
}

/** Relative to the current folder, where `git apply` looks; absolute for a file elsewhere. */
function nameInDiff(path: string): string {
  const name = relative('', resolve(path));
  return portablePath(name.startsWith('..') || isAbsolute(name) ? resolve(path) : name).replace(/^\/+/, '');
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
