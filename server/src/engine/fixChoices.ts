import type { EffectiveConfig } from './config';
import type { Finding, Fix, FixSafety } from './rule';

/** Leaves out or marks fixes as the configuration says. */
export function withFixChoices(findings: readonly Finding[], { fixes }: EffectiveConfig): readonly Finding[] {
  if (fixes.size === 0) return findings;
  return findings.map((finding) => {
    const choice = (finding.code === undefined ? undefined : fixes.get(finding.code)) ?? fixes.get(finding.ruleId);
    if (choice === undefined || finding.fixes.every(isAdvice)) return finding;
    if (choice === 'never') return { ...finding, fixes: finding.fixes.filter(isAdvice) };
    return { ...finding, fixes: finding.fixes.map((fix) => (isAdvice(fix) ? fix : { ...fix, choice })) };
  });
}

function isAdvice({ edits }: Fix): boolean {
  return edits.length === 0;
}

/** True for a fix that is applied without asking. */
export function isApplied({ safety, edits, choice }: Fix, upTo: Exclude<FixSafety, 'manual'>): boolean {
  if (edits.length === 0 || choice === 'explicit') return false;
  return choice === 'always' || safety === 'safe' || (safety === 'unsafe' && upTo === 'unsafe');
}
