import { resolve } from 'node:path';
import { defaultRuleSettings } from '../../engine/ruleSettings';
import type { Problem } from '../../reports/outcome';
import type { Change } from '../../reports/verifyRequest';
import { verifyChanges } from '../../verify/verifyChanges';
import { engineChoiceOf } from '../engineChoice';
import { printJson, tellFailure } from '../formatters/json';
import { verificationText } from '../formatters/verificationText';
import { INTERRUPTED, withInterruption } from '../interruption';
import { oneDockerfile } from '../oneDockerfile';
import type { Session } from '../session';
import { finishFile, type Rewritten } from './rewrite';

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
export async function verifyFile(session: Session, propose: Propose): Promise<number> {
  const { path, text } = oneDockerfile(session);
  const { options, engine } = session;
  const { localize } = engine;
  const { targetStage, buildArgs } = session.lintOptions(path).config?.settings ?? defaultRuleSettings;
  const settings = session.verifySettings(path);
  if (settings.command !== undefined && !options.verify.isCommandAllowed)
    session.err(`${localize('verify.command is not run without --verify-command')}\n`);
  const planned = propose(path, text, new Set());
  if (planned.changes.length === 0) return show(session, path, text, planned.result, 0);
  const outcome = await withInterruption((signal) =>
    verifyChanges(
      {
        text,
        contextFolder: resolve(session.contextFolder(path)),
        propose: (without) => propose(path, text, without).changes,
        targetStage,
        buildArgs,
        engine: engineChoiceOf(options.engine),
        buildOptions: options.buildOptions,
        settings,
        ...options.verify,
        localize,
        onOutput: () => {},
        onProgress: (progress) => session.err(`${progress}…\n`),
      },
      signal,
    ),
  );
  if (!outcome.ok) return tell(session, path, outcome);
  const { verification } = outcome.value;
  const dropped = verification.steps.filter(({ state }) => state === 'dropped');
  const { result } = propose(path, text, new Set(dropped.map(({ id }) => id)));
  const verified = {
    ...result,
    report: `${verificationText(session, verification)}\n${result.report}`,
    json: { ...result.json, verification },
  };
  if (verification.unproven === undefined) return show(session, path, text, verified, dropped.length > 0 ? 1 : 0);
  if (options.isWrite) session.err(`${localize('Not written, because the behavior is not proven')}\n`);
  return show({ ...session, options: { ...options, isWrite: false } }, path, text, verified, 2);
}

async function show(session: Session, path: string, text: string, result: Rewritten, code: number): Promise<number> {
  const { json } = await finishFile(session, path, text, result);
  if (session.options.format === 'json') printJson(session, { version: 1, files: [json] });
  return code;
}

function tell(session: Session, path: string, { reason, line, isCancelled, url }: Problem): number {
  if (isCancelled) {
    session.err(`${reason}\n`);
    return INTERRUPTED;
  }
  const place = `${path}${line === undefined ? '' : `:${line + 1}`}`;
  const { localize } = session.engine;
  const text = localize('could not be verified: {reason}', { reason });
  tellFailure(session, `${place}: ${text}${url === undefined ? '' : ` (${url})`}`);
  return 2;
}
