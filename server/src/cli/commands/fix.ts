import type { FixResult, LintOptions } from '../../engine/engine';
import type { Localize } from '../../l10n/localize';
import type { Change } from '../../reports/verifyRequest';
import type { Session } from '../session';
import { rewriteFiles } from './rewrite';
import type { Rewritten } from './rewritten';

/** Shows, prints or writes the fixed files. */
export async function fix(session: Session): Promise<number> {
  if (session.options.verify.isOn) {
    // Without it, neither engines nor YAML are loaded.
    const { verifyFile } = await import('./verify');
    const propose: Parameters<typeof verifyFile>[1] = (path, text, without) => {
      const options = session.lintOptions(path);
      const ids = fixesOf(session, text, options).applied.map(({ finding }) => finding.ruleId);
      const rules = [...new Set(ids)].filter((id) => !without.has(id));
      return {
        changes: changesOfFixes(session, text, options, rules),
        result: rewritten(session, text, options, rules),
      };
    };
    return verifyFile(session, propose, true);
  }
  return rewriteFiles(session, (_, text, options) => rewritten(session, text, options));
}

/** The fixes of one rule after another, each with those before it. */
function changesOfFixes(session: Session, text: string, options: LintOptions, rules: readonly string[]): Change[] {
  return rules.map((id, index) => {
    const { text: after, applied } = fixesOf(session, text, options, rules.slice(0, index + 1));
    const title = applied.find(({ finding }) => finding.ruleId === id)?.title ?? id;
    return { id, title, text: after, files: [] };
  });
}

function rewritten(session: Session, text: string, options: LintOptions, rules?: readonly string[]): Rewritten {
  const result = fixesOf(session, text, options, rules);
  return { after: result.text, report: describe(result, session.engine.localize), json: toJson(result) };
}

function fixesOf(session: Session, text: string, options: LintOptions, rules?: readonly string[]): FixResult {
  const upTo = session.options.isUnsafe ? 'unsafe' : 'safe';
  return session.engine.fixAll(text, {
    ...options,
    upTo,
    ...(rules ? { rules: new Set(rules) } : {}),
  });
}

function describe({ applied, skipped }: FixResult, localize: Localize): string {
  const counts = new Map<string, number>();
  for (const { finding, title } of applied) {
    const line = `${title} [${finding.ruleId}]`;
    counts.set(line, (counts.get(line) ?? 0) + 1);
  }
  const lines = [...counts].map(([line, count]) => `  ${line}${count > 1 ? ` ${count}×` : ''}`);
  const unsafe = skipped.filter(({ reason }) => reason === 'unsafe').length;
  const explicit = skipped.filter(({ reason }) => reason === 'explicit').length;
  const leftOut = skipped.filter(({ reason }) => !['unsafe', 'explicit', 'manual'].includes(reason)).length;
  if (unsafe > 0)
    lines.push(
      `  ${
        unsafe === 1
          ? localize('1 more fix with --unsafe: may change behavior')
          : localize('{count} more fixes with --unsafe: may change behavior', { count: unsafe })
      }`,
    );
  if (explicit > 0)
    lines.push(
      `  ${localize('Fixes to choose in the editor, because of `fix: explicit`: {count}', { count: explicit })}`,
    );
  if (leftOut > 0)
    lines.push(
      `  ${
        leftOut === 1
          ? localize('1 fix left out: it conflicts with another fix or is not safe here')
          : localize('{count} fixes left out: they conflict with other fixes or are not safe here', { count: leftOut })
      }`,
    );
  return lines.join('\n');
}

export type FixesJson = ReturnType<typeof toJson>;

function toJson({ applied, skipped }: FixResult) {
  return {
    applied: applied.map(({ finding, title, safety }) => ({ rule: finding.ruleId, title, safety })),
    skipped: skipped.map(({ finding, reason }) => ({ rule: finding.ruleId, title: finding.fixes[0]?.title, reason })),
  };
}
