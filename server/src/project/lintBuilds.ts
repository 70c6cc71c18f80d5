import { unusedSuppressionRule } from '../engine/builtinRules';
import type { ConfigVariant } from '../engine/config';
import type { Engine, LintOptions, LintResult } from '../engine/engine';
import { sortFindings } from '../engine/findings';
import { byHand } from '../engine/lint';
import type { Finding } from '../engine/rule';
import { namesOf } from './inline/wording';

/** Lints what each service or target builds; a finding that holds only for some of them names these. */
export function lintBuilds(engine: Engine, text: string, options: LintOptions): LintResult {
  const all = engine.lint(text, options);
  // Nobody runs a stage that others only take files from.
  const variants = (options.config?.variants ?? []).filter(({ config }) => {
    const { targetStage } = config.settings;
    const stage = all.dockerfile.stages.find(({ name }) => name !== undefined && name === targetStage?.toLowerCase());
    return !stage || stage.usedBy.length === 0;
  });
  if (variants.length < 2) return all;
  const { memory: _, ...others } = options;
  const found = new Map<string, Found>();
  for (const variant of variants) {
    for (const finding of engine.lint(text, { ...others, config: variant.config }).findings) {
      const { ruleId, messageId, message, span } = finding;
      const key = JSON.stringify([ruleId, messageId, message, span]);
      const known = found.get(key);
      if (known) known.variants.add(variant);
      else found.set(key, { finding, variants: new Set([variant]) });
    }
  }
  const findings = [...found.values()].flatMap((one): Finding[] => {
    if (one.variants.size === variants.length) return [one.finding];
    // Another build may need what this one does not.
    return one.finding.ruleId === unusedSuppressionRule.id ? [] : [labelled(engine, one)];
  });
  return { dockerfile: all.dockerfile, findings: sortFindings(findings) };
}

interface Found {
  readonly finding: Finding;
  readonly variants: Set<ConfigVariant>;
}

/** Its fix would also change the other builds: a person decides. */
function labelled({ localize }: Engine, { finding, variants }: Found): Finding {
  const builds = namesOf(
    [...variants].flatMap(({ owners }) => owners),
    localize,
  );
  const message = localize('{message} ({builds})', { message: finding.message, builds });
  return { ...finding, message, fixes: finding.fixes.map(byHand) };
}
