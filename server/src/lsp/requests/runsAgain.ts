import type { CancellationToken } from 'vscode-languageserver';
import { dockerignoreOf } from '../../app/ignoreFile';
import { isInContext, stepsAgain, takesPath } from '../../app/runsAgain';
import { plannedHistory } from '../../optimizer/plannedHistory';
import { pathFrom } from '../../project/relativePath';
import type { ConcernedFile, FileToCheck, InputHistoryResult, RunsAgainParams, RunsAgainResult } from '../../protocol';
import { createLineIndex } from '../../text/lineIndex';
import { skippedReason } from '../analyses';
import type { Session } from '../session';
import { failed } from './buildable';

/** The Dockerfiles that take a file, and what a build of each runs again when the file changes. */
export function runsAgain(session: Session, { files, changed }: RunsAgainParams): RunsAgainResult {
  return { files: files.flatMap((file) => concernedBy(session, file, changed) ?? []) };
}

function concernedBy(
  session: Session,
  file: FileToCheck,
  changed: RunsAgainParams['changed'],
): ConcernedFile | undefined {
  const { engine, host, configurations } = session;
  const text = file.text ?? session.textOf(file.uri);
  if (text === undefined || skippedReason(text, engine.localize) !== undefined) return undefined;
  const context = session.contextOf(file.uri);
  const { dockerfile } = engine.lint(text, context);
  const steps = (): ConcernedFile['steps'] => {
    if ('line' in changed) {
      const lines = createLineIndex(text);
      return stepsAgain(dockerfile, ({ span }) => lines.positionAt(span.start).line === changed.line);
    }
    const [path, folder] = [host.pathOf(changed.uri), configurations.contextFolderOf(file.uri)];
    if (path === undefined || folder === undefined) return [];
    const wanted = pathFrom(`${folder}/Dockerfile`, path);
    const ignore = context.buildContext && dockerignoreOf(context.buildContext);
    return isInContext(wanted) ? stepsAgain(dockerfile, (node) => takesPath(node, wanted, ignore)) : [];
  };
  const found = steps();
  return found.length === 0 ? undefined : { uri: file.uri, path: file.path, steps: found };
}

/** Which inputs of a document the last commits change. Only in trusted workspaces: it starts git. */
export async function inputHistory(
  session: Session,
  { uri }: { readonly uri: string },
  token: CancellationToken,
): Promise<InputHistoryResult> {
  const { engine, host } = session;
  const { localize } = engine;
  if (!session.isTrusted) return failed(localize('Git runs only in trusted workspaces'));
  const analysis = session.analysisOf(uri);
  const folder = analysis?.contextFolder;
  if (!analysis || folder === undefined || !host.commitsOf)
    return failed(localize('Only files on this machine have a history'));
  const cancel = new AbortController();
  token.onCancellationRequested(() => cancel.abort());
  const commits = await host.commitsOf(folder, cancel.signal);
  if (!commits || commits.length === 0)
    return failed(localize('{path}: git knows no commits of this folder', { path: folder }));
  return { ok: true, history: plannedHistory(engine, analysis.text, session.planOptions(uri, analysis), commits) };
}
