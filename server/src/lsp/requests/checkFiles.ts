import type { Engine, LintOptions } from '../../engine/engine';
import { createFindingsSarif } from '../../engine/findingsSarif';
import { reportedFinding } from '../../engine/reportedFinding';
import type { Finding } from '../../engine/rule';
import { createRuleNames } from '../../engine/ruleNames';
import { sarifLog, sarifPath } from '../../engine/sarifLog';
import type {
  CheckedFile,
  CheckFilesParams,
  CheckFilesResult,
  CheckSarifParams,
  CheckSarifResult,
  FileToCheck,
} from '../../protocol';
import { createLineIndex } from '../../text/lineIndex';
import { skippedReason } from '../diagnostics';

export interface CheckContext {
  readonly engine: Engine;
  /** What stands in the editor, else in the file; undefined when it cannot be read. */
  textOf(uri: string): string | undefined;
  optionsFor(uri: string): LintOptions;
}

interface LintedText {
  readonly text: string;
  readonly findings: readonly Finding[];
  readonly error?: string;
}

/** The findings of each file; what goes wrong stays with its file. */
export function checkFiles(context: CheckContext, { files }: CheckFilesParams): CheckFilesResult {
  const aliases = new Map(createRuleNames(context.engine.rules).metas.map((meta) => [meta.id, meta.aliases]));
  return {
    files: files.map((file): CheckedFile => {
      const { text, findings, error } = lint(context, file);
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

export function checkSarif(context: CheckContext, { files, version }: CheckSarifParams): CheckSarifResult {
  const sarif = createFindingsSarif(context.engine);
  for (const file of files) sarif.add({ ...lint(context, file), uri: sarifPath(file.path) });
  const log = sarifLog({ ...sarif, version, isSuccessful: sarif.notifications.length === 0 });
  return { text: `${JSON.stringify(log, undefined, 2)}\n` };
}

function lint({ engine, textOf, optionsFor }: CheckContext, { uri, text: sent }: FileToCheck): LintedText {
  const text = sent ?? textOf(uri);
  if (text === undefined) return failed(engine.localize('Not checked: cannot be read'));
  const reason = skippedReason(text, engine.localize);
  if (reason !== undefined) return failed(reason);
  try {
    return { text, findings: engine.lint(text, optionsFor(uri)).findings };
  } catch (error) {
    return failed(error instanceof Error ? error.message : String(error));
  }
}

function failed(error: string): LintedText {
  return { text: '', findings: [], error };
}
