import type { Change } from '../../reports/verifyRequest';
import { verifyChanges } from '../../verify/verifyChanges';
import { htmlReport } from '../formatters/htmlReport';
import { printJson } from '../formatters/json';
import { portablePath } from '../formatters/reporter';
import { verificationText } from '../formatters/verificationText';
import { imageBuildOf } from '../imageBuild';
import { oneDockerfile } from '../oneDockerfile';
import type { Session } from '../session';
import { tellProblem } from '../tellProblem';
import { finishFile } from './rewrite';
import type { Rewritten } from './rewritten';

/** The changes to a file without those with these ids, and the result of them all. */
type Propose = (
  path: string,
  text: string,
  without: ReadonlySet<string>,
) => { readonly changes: readonly Change[]; readonly result: Rewritten };

/**
 * Builds and runs the image before and after the changes to one file, leaves out those that break it, and shows or
 * writes the rest. Returns 1 if changes were left out, 2 if nothing could be proven.
 */
export async function verifyFile(session: Session, propose: Propose, isOfRules = false): Promise<number> {
  const source = oneDockerfile(session);
  const { path, text } = source;
  const { options, engine } = session;
  const { localize } = engine;
  const settings = session.verifySettings(path);
  if (settings.command !== undefined && !options.verify.isCommandAllowed)
    session.err(`${localize('verify.command is not run without --verify-command')}\n`);
  const planned = propose(path, text, new Set());
  if (planned.changes.length === 0) {
    if (options.format === 'html') session.err(`${localize('{path}: nothing to change', { path })}\n`);
    return show(session, path, text, planned.result, 0);
  }
  const outcome = await session.interruptible((signal) =>
    verifyChanges(
      {
        ...imageBuildOf(session, source),
        ...options.verify,
        settings,
        propose: (without) => propose(path, text, without).changes,
        isOfRules,
        onOutput: () => {},
        onProgress: (progress) => session.err(`${progress}…\n`),
      },
      signal,
    ),
  );
  if (!outcome.ok) {
    const reason = outcome.isCancelled
      ? outcome.reason
      : localize('could not be verified: {reason}', { reason: outcome.reason });
    return tellProblem(session, path, { ...outcome, reason });
  }
  const { verification } = outcome.value;
  const dropped = verification.steps.filter(({ state }) => state === 'dropped');
  const { result } = propose(path, text, new Set(dropped.map(({ id }) => id)));
  const told = verificationText(session, verification);
  const verified = {
    ...result,
    // Its columns stay columns.
    report: `${options.format === 'markdown' ? `\`\`\`text\n${told}\`\`\`\n` : told}\n${result.report}`,
    json: { ...result.json, verification },
  };
  if (options.format === 'html')
    session.out(htmlReport(session, { kind: 'verify', name: portablePath(path), verification }));
  if (verification.unproven === undefined) return show(session, path, text, verified, dropped.length > 0 ? 1 : 0);
  if (options.isWrite) session.err(`${localize('Not written, because the behavior is not proven')}\n`);
  return show({ ...session, options: { ...options, isWrite: false } }, path, text, verified, 2);
}

async function show(session: Session, path: string, text: string, result: Rewritten, code: number): Promise<number> {
  const { json } = await finishFile(session, path, text, result);
  if (session.options.format === 'json') printJson(session, { version: 1, files: [json] });
  return code;
}
