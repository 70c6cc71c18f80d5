import type { Engine, LintOptions } from '../engine/engine';
import { reportedFinding } from '../engine/reportedFinding';
import { createRuleNames } from '../engine/ruleNames';
import type { CheckedFile, CheckFilesParams, CheckFilesResult, FileToCheck } from '../protocol';
import { createLineIndex } from '../text/lineIndex';
import { skippedReason } from './diagnostics';

export interface CheckContext {
  readonly engine: Engine;
  /** What stands in the editor, else in the file; undefined when it cannot be read. */
  textOf(uri: string): string | undefined;
  optionsFor(uri: string): LintOptions;
}

/** The findings of each file; what goes wrong stays with its file. */
export function checkFiles(context: CheckContext, { files }: CheckFilesParams): CheckFilesResult {
  const aliases = new Map(createRuleNames(context.engine.rules).metas.map((meta) => [meta.id, meta.aliases]));
  return { files: files.map((file) => checkFile(context, file, aliases)) };
}

function checkFile(
  { engine, textOf, optionsFor }: CheckContext,
  { uri, path, text: sent }: FileToCheck,
  aliases: ReadonlyMap<string, readonly string[]>,
): CheckedFile {
  const text = sent ?? textOf(uri);
  if (text === undefined) return { uri, path, findings: [], error: engine.localize('Not checked: cannot be read') };
  const reason = skippedReason(text);
  if (reason !== undefined) return { uri, path, findings: [], error: engine.localize(reason) };
  try {
    const lines = createLineIndex(text);
    const { findings } = engine.lint(text, optionsFor(uri));
    return { uri, path, findings: findings.map((one) => reportedFinding(one, lines, aliases.get(one.ruleId) ?? [])) };
  } catch (error) {
    return { uri, path, findings: [], error: error instanceof Error ? error.message : String(error) };
  }
}
