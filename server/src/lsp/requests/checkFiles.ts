import { withoutKnown } from '../../engine/baseline';
import { reportedFinding } from '../../engine/reportedFinding';
import type { Finding } from '../../engine/rule';
import { createRuleNames } from '../../engine/ruleNames';
import { lintBuilds } from '../../project/lintBuilds';
import type { CheckedFile, CheckFilesParams, CheckFilesResult, FileToCheck } from '../../protocol';
import { createLineIndex } from '../../text/lineIndex';
import { skippedReason } from '../analyses';
import type { Session } from '../session';

interface LintedText {
  readonly text: string;
  readonly findings: readonly Finding[];
  readonly error?: string;
}

/** The findings of each file; an error in one file does not affect the others. */
export function checkFiles(session: Session, { files }: CheckFilesParams): CheckFilesResult {
  const aliases = new Map(createRuleNames(session.engine.rules).metas.map((meta) => [meta.id, meta.aliases]));
  return {
    files: files.map((file): CheckedFile => {
      const { text, findings, error } = lintFile(session, file);
      const lines = createLineIndex(text);
      return {
        uri: file.uri,
        path: file.path,
        findings: findings.map((one) => reportedFinding(one, lines, aliases.get(one.ruleId) ?? [])),
        ...(error === undefined ? {} : { error }),
      };
    }),
  };
}

/** Uses the editor's text if the file is open. */
export function lintFile(session: Session, { uri, text: sent }: FileToCheck): LintedText {
  const { engine } = session;
  const text = sent ?? session.textOf(uri);
  if (text === undefined) return failed(engine.localize('Not checked: cannot be read'));
  const reason = skippedReason(text, engine.localize);
  if (reason !== undefined) return failed(reason);
  try {
    const { known, ...options } = session.contextOf(uri);
    const [result] = withoutKnown([lintBuilds(engine, text, options)], known);
    return { text, findings: result?.findings ?? [] };
  } catch (error) {
    return failed(error instanceof Error ? error.message : String(error));
  }
}

function failed(error: string): LintedText {
  return { text: '', findings: [], error };
}
