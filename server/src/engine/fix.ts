import type { DockerfileModel, Instruction } from '../dockerfile/model';
import { applyEdits, editsTouch, isSameEdit, sortEdits, type TextEdit } from '../text/edits';
import { containsSpan } from '../text/span';
import type { AppliedFix, FixOptions, FixResult, LintResult, SkippedFix } from './engine';
import { isApplied } from './fixChoices';
import type { Finding, Fix, RuleMeta } from './rule';

export interface FixSetup {
  readonly upTo: FixOptions['upTo'];
  readonly rules: ReadonlySet<string> | undefined;
  readonly within: FixOptions['within'];
  /** When two fixes are at the same place, the one of the earlier rule goes first. */
  readonly order: readonly RuleMeta[];
  parse(text: string): DockerfileModel;
  lint(text: string): LintResult;
}

interface Candidate {
  readonly finding: Finding;
  readonly fix: Fix;
}

const MAX_PASSES = 10;

/**
 * Applies fixes until none is left. Leaves out fixes that break the file. Rules that undo each other's fixes are left
 * out completely, as if they had no fixes.
 */
export function fixAll(text: string, setup: FixSetup): FixResult {
  const fighting = new Set<string>();
  for (;;) {
    const attempt = fixWithout(text, setup, fighting);
    if (Array.isArray(attempt)) for (const ruleId of attempt) fighting.add(ruleId);
    else return attempt;
  }
}

/** The result, or the rules that lead back to an earlier text. */
function fixWithout(text: string, setup: FixSetup, fighting: ReadonlySet<string>): FixResult | string[] {
  const applied: AppliedFix[] = [];
  const passes: { readonly text: string; readonly ruleIds: readonly string[] }[] = [];
  let current = text;
  for (;;) {
    const { dockerfile, findings } = setup.lint(current);
    const span = setup.within?.(dockerfile);
    const inside = span
      ? findings.filter(({ fixes }) => fixes.every(({ edits }) => edits.every((edit) => containsSpan(span, edit.span))))
      : findings;
    const { candidates, others } = sortOut(inside, setup, fighting);
    const isLast = passes.length === MAX_PASSES;
    const pass = isLast ? undefined : applyPass(dockerfile, candidates, setup);
    if (!pass || pass.accepted.length === 0) {
      const left = candidates.map(({ finding, fix }): SkippedFix => ({ finding, reason: reasonOf(fix, pass) }));
      return { text: current, applied, skipped: [...left, ...others], passes: passes.length };
    }
    passes.push({ text: current, ruleIds: pass.accepted.map(({ finding }) => finding.ruleId) });
    const cycle = passes.findIndex((earlier) => earlier.text === pass.text);
    if (cycle >= 0) return passes.slice(cycle).flatMap(({ ruleIds }) => ruleIds);
    for (const { finding, fix } of pass.accepted) applied.push({ finding, title: fix.title, safety: fix.safety });
    current = pass.text;
  }
}

function reasonOf(fix: Fix, pass: Pass | undefined): SkippedFix['reason'] {
  if (!pass) return 'did-not-converge';
  return pass.breaking.has(fix) ? 'changes-meaning' : 'conflict';
}

/** The fix to apply for each finding, in order of application, and why the other findings get none. */
function sortOut(
  findings: readonly Finding[],
  { upTo, rules, order }: FixSetup,
  fighting: ReadonlySet<string>,
): { candidates: readonly Candidate[]; others: readonly SkippedFix[] } {
  const rank = new Map(order.map((meta, index) => [meta.id, index]));
  const candidates: Candidate[] = [];
  const others: SkippedFix[] = [];
  for (const finding of findings) {
    if (finding.fixes.length === 0 || (rules && !rules.has(finding.ruleId))) continue;
    const fix = finding.fixes.find((one) => isApplied(one, upTo));
    if (fix && !fighting.has(finding.ruleId)) candidates.push({ finding, fix });
    else if (fix) others.push({ finding, reason: 'did-not-converge' });
    else others.push({ finding, reason: reasonWithout(finding) });
  }
  const rankOf = ({ finding }: Candidate): number => rank.get(finding.ruleId) ?? order.length;
  candidates.sort((a, b) => startOf(a.fix) - startOf(b.fix) || rankOf(a) - rankOf(b));
  return { candidates, others };
}

function reasonWithout({ fixes }: Finding): SkippedFix['reason'] {
  if (fixes.some(({ choice }) => choice === 'explicit')) return 'explicit';
  return fixes.some(({ safety }) => safety === 'unsafe') ? 'unsafe' : 'manual';
}

function startOf(fix: Fix): number {
  return fix.edits[0]?.span.start ?? 0;
}

interface Pass {
  readonly text: string;
  readonly accepted: readonly Candidate[];
  /** Fixes after which the file would not parse. */
  readonly breaking: ReadonlySet<Fix>;
}

function applyPass(dockerfile: DockerfileModel, candidates: readonly Candidate[], setup: FixSetup): Pass {
  const before = countErrors(dockerfile);
  const breaking = new Set<Fix>();
  for (;;) {
    const chosen = chooseCompatible(candidates.filter(({ fix }) => !breaking.has(fix)));
    const accepted: Candidate[] = [];
    let text = dockerfile.text;
    const tryAll = (group: readonly Candidate[]): void => {
      if (group.length === 0) return;
      const attempt = applyEdits(dockerfile.text, mergeEdits([...accepted, ...group]));
      if (!hasMore(countErrors(setup.parse(attempt)), before)) {
        accepted.push(...group);
        text = attempt;
      } else if (group.length === 1) {
        for (const { fix } of group) breaking.add(fix);
      } else {
        const half = group.length >> 1;
        tryAll(group.slice(0, half));
        tryAll(group.slice(half));
      }
    };
    tryAll(chosen);
    // Fixes that waited for a breaking fix get their turn.
    if (accepted.length > 0 || chosen.length === 0) return { text, accepted, breaking };
  }
}

/** Takes each fix that is compatible with those already taken; the others wait for the next pass. */
function chooseCompatible(candidates: readonly Candidate[]): readonly Candidate[] {
  const chosen: Candidate[] = [];
  const edits: TextEdit[] = [];
  const isolations = new Set<number | string>();
  for (const candidate of candidates) {
    const { isolation } = candidate.fix;
    if (isolation !== undefined && isolations.has(isolation)) continue;
    const added = candidate.fix.edits.filter((edit) => !edits.some((other) => isSameEdit(edit, other)));
    if (editsTouch(added, edits)) continue;
    chosen.push(candidate);
    edits.push(...added);
    if (isolation !== undefined) isolations.add(isolation);
  }
  return chosen;
}

/** Sorts edits; equal edits of several fixes are kept once. */
function mergeEdits(candidates: readonly Candidate[]): TextEdit[] {
  const merged: TextEdit[] = [];
  for (const edit of sortEdits(candidates.flatMap(({ fix }) => fix.edits))) {
    // Equal edits are adjacent, except that different insertions at the same place may come between them.
    const from = merged.findLastIndex(({ span }) => span.start !== edit.span.start) + 1;
    if (!merged.slice(from).some((other) => isSameEdit(edit, other))) merged.push(edit);
  }
  return merged;
}

/** Counts what BuildKit or the shell cannot parse, by kind. */
function countErrors({ errors, instructions }: DockerfileModel): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const add = (kind: string): void => {
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  };
  const addScript = (instruction: Instruction): void => {
    for (const _ of instruction.script?.errors ?? []) add('shell');
    if (instruction.trigger) addScript(instruction.trigger);
  };
  for (const { kind } of errors) add(kind);
  for (const instruction of instructions) addScript(instruction);
  return counts;
}

function hasMore(counts: ReadonlyMap<string, number>, before: ReadonlyMap<string, number>): boolean {
  return [...counts].some(([kind, count]) => count > (before.get(kind) ?? 0));
}
