import { withoutKnown } from '../../engine/baseline';
import { reportedFinding } from '../../engine/reportedFinding';
import type { Finding } from '../../engine/rule';
import { createRuleNames } from '../../engine/ruleNames';
import { type HostFile, hostFile, kindOf } from '../../project/inline/hostFile';
import { findingInHost, lintInline } from '../../project/inline/lintInline';
import { lintBuilds } from '../../project/lintBuilds';
import type { CheckedFile, CheckFilesParams, CheckFilesResult, FileToCheck } from '../../protocol';
import { createLineIndex } from '../../text/lineIndex';
import { skippedReason } from '../analyses';
import type { Session } from '../session';

interface LintedText {
  readonly text: string;
  readonly findings: readonly Finding[];
  readonly error?: string;
  /** Neither a Dockerfile nor one inside of it. */
  readonly isOther?: boolean;
}

/** The findings of each file that is a Dockerfile or holds one; an error in one file does not affect the others. */
export function checkFiles(session: Session, { files }: CheckFilesParams): CheckFilesResult {
  const aliases = new Map(createRuleNames(session.engine.rules).metas.map((meta) => [meta.id, meta.aliases]));
  return {
    files: files.flatMap((file): CheckedFile[] => {
      const { text, findings, error, isOther } = lintFile(session, file);
      if (isOther) return [];
      const lines = createLineIndex(text);
      return [
        {
          uri: file.uri,
          path: file.path,
          findings: findings.map((one) => reportedFinding(one, lines, aliases.get(one.ruleId) ?? [])),
          ...(error === undefined ? {} : { error }),
        },
      ];
    }),
  };
}

/** Uses the editor's text if the file is open. */
export function lintFile(session: Session, { uri, text: sent }: FileToCheck): LintedText {
  const { engine } = session;
  const text = sent ?? session.textOf(uri);
  if (text === undefined) return failed(engine.localize('Not checked: cannot be read'));
  const reason = skippedReason(text, engine.localize);
  const kind = session.documents.get(uri)?.languageId === 'dockerfile' ? undefined : kindOf(uri);
  if (reason !== undefined) return { ...failed(reason), isOther: kind !== undefined };
  try {
    const host = kind && hostFile(uri, text, kind);
    if (host) return lintHost(session, host);
    const { known, ...options } = session.contextOf(uri);
    const [result] = withoutKnown([lintBuilds(engine, text, options)], known);
    return { text, findings: result?.findings ?? [] };
  } catch (error) {
    return failed(error instanceof Error ? error.message : String(error));
  }
}

function lintHost(session: Session, { path: uri, text, dockerfiles }: HostFile): LintedText {
  const { engine, settings } = session;
  const results = (settings.inlineDockerfiles ? dockerfiles : []).map((inline) => {
    const { known, ...options } = session.contextInside(uri, inline);
    return { ...lintInline(engine, inline, options), inline, known };
  });
  const findings = withoutKnown(results, results[0]?.known).flatMap(({ inline, findings: own }) =>
    own.map((finding) => findingInHost(inline, finding)),
  );
  return { text, findings, isOther: results.length === 0 };
}

function failed(error: string): LintedText {
  return { text: '', findings: [], error };
}
