import type { EffectiveConfig } from '../engine/config';
import type { AppliedFix, Engine, FixResult, SkippedFix } from '../engine/engine';
import type { AnyRule, Finding, Impact } from '../engine/rule';
import { minimalEdits } from '../text/edits';
import { orderOfSteps } from './order';
import type { OptimizerPlan, OptimizerStep, PlanOptions, SkippedStep } from './plan';

/** More rounds than any file has needed; a round after the last change ends the work earlier. */
const MAX_ROUNDS = 5;

/**
 * What would make the image smaller, its layers fewer, its user harmless and its builds faster, step by step.
 * Each step is the work of one rule; a plan for the result of a plan has no steps.
 */
export function createPlan(engine: Engine, text: string, options: PlanOptions): OptimizerPlan {
  const steps: OptimizerStep[] = [];
  let current = text;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const before = current;
    for (const rule of rulesAtWork(engine, current, options)) {
      const result = fixOne(engine, current, rule, options);
      if (result.text === current) continue;
      steps.push(stepOf(rule, current, result));
      current = result.text;
    }
    if (current === before) break;
  }
  return { before: text, steps, skipped: skippedOf(engine, current, options), after: current };
}

/** Rules that have something to fix in this text, in the order of the plan. */
function rulesAtWork(engine: Engine, text: string, options: PlanOptions): AnyRule[] {
  const fixable = new Set(
    engine
      .lint(text, options)
      .findings.filter((finding) => finding.fixes.some((fix) => fix.safety !== 'manual'))
      .map((finding) => finding.ruleId),
  );
  // A fix of one rule may open the way for another, so every round looks at the rules anew.
  return orderOfSteps(engine.rules).filter(({ meta }) => fixable.has(meta.id) && !options.without?.has(meta.id));
}

function fixOne(engine: Engine, text: string, { meta }: AnyRule, options: PlanOptions): FixResult {
  const { config: whole } = options;
  const config: EffectiveConfig | undefined = whole && {
    ...whole,
    severityOf: (id) => (id === meta.id ? whole.severityOf(id) : 'off'),
  };
  return engine.fixAll(text, { ...options, ...(config ? { config } : {}), rules: new Set([meta.id]) });
}

function stepOf({ meta }: AnyRule, before: string, result: FixResult): OptimizerStep {
  const [first] = result.applied;
  const impact = totalImpact(result.applied);
  return {
    id: meta.id,
    title: titleOf(first?.title ?? meta.docs.description, result.applied.length),
    reason: firstParagraph(meta.docs.rationale),
    safety: result.applied.every((fix) => fix.safety === 'safe') ? 'safe' : 'unsafe',
    edits: minimalEdits(before, result.text),
    ...(impact ? { impact } : {}),
  };
}

function titleOf(title: string, count: number): string {
  return count > 1 ? `${title} (${count}×)` : title;
}

function firstParagraph(rationale: string): string {
  return rationale.split('\n\n', 1)[0] ?? '';
}

function totalImpact(applied: readonly AppliedFix[]): Impact | undefined {
  const known = applied.flatMap(({ finding }) => finding.impact?.bytes ?? []);
  return known.length === 0 ? undefined : { bytes: known.reduce((sum, bytes) => sum + bytes, 0) };
}

/** What the rules still say of the result, and why nothing was done about it. */
function skippedOf(engine: Engine, text: string, options: PlanOptions): SkippedStep[] {
  const skipped = new Map<string, SkippedStep>();
  for (const { finding, reason } of engine.fixAll(text, options).skipped) {
    const title = titleOfSkipped(finding, reason);
    skipped.set(`${finding.ruleId}\n${title}`, { id: finding.ruleId, title, reason });
  }
  return [...skipped.values()];
}

function titleOfSkipped(finding: Finding, reason: SkippedFix['reason']): string {
  const fix = finding.fixes.find(({ safety }) => safety === reason) ?? finding.fixes[0];
  return fix?.title ?? finding.message;
}
