import type { DockerfileModel, ParseError } from '../dockerfile/model';
import { KEYWORDS } from '../dockerfile/parse';
import { containsSpan, type Span } from '../text/span';
import {
  expiredSuppressionRule,
  internalErrorRule,
  parseErrorRule,
  suppressionReasonRule,
  unusedSuppressionRule,
} from './builtinRules';
import { makeFinding, sortFindings } from './findings';
import { withFixChoices } from './fixChoices';
import type { LintSetup } from './lintSetup';
import { nearestName } from './nearestName';
import type { AnyRule, Finding, Fix, FixDraft, ReportExtra, RuleMeta } from './rule';
import type { RuleRun } from './ruleRun';
import { runRules } from './runRules';
import { reportExpiries, reportReasonless } from './suppressionFaults';
import { applySuppressions, readSuppressions, withoutEnded } from './suppressions';
import { reportUnused } from './unusedSuppressions';

/** All findings of a file by position, after applying configuration and suppression comments. */
export function lintModel(dockerfile: DockerfileModel, setup: LintSetup): readonly Finding[] {
  const findings = findAll(dockerfile, setup);
  // The end of the heredoc is unknown: everything after it may be its text, so no fix is safe.
  const isOpen = dockerfile.errors.some(({ kind }) => kind === 'unterminated-heredoc');
  return isOpen
    ? findings.map((finding) => ({ ...finding, fixes: finding.fixes.map(byHand) }))
    : withFixChoices(findings, setup.config);
}

function findAll(dockerfile: DockerfileModel, setup: LintSetup): readonly Finding[] {
  const { runs, findings: reportedByRules } = runRules(dockerfile, setup);
  const found = withoutMisplacedEdits(dockerfile, [
    ...parseErrors(dockerfile, setup),
    ...(setup.measured
      ? withFixesOfOthers(dockerfile, withFixChoices(reportedByRules, setup.config), setup.rules)
      : reportedByRules),
  ]);
  const failed = runs.flatMap((run) => (run.failure === undefined ? [] : failureOf(dockerfile, setup, run)));
  const written = setup.config.hasSuppressions ? readSuppressions(dockerfile, setup.names) : [];
  if (written.length === 0) return sortFindings([...found, ...failed]);
  const { today } = setup.knowledge;
  const suppressions = withoutEnded(written, today);
  const { findings, unused } = applySuppressions([...found, ...failed], suppressions);
  const reportAs =
    <MessageId extends string>(rule: RuleMeta<MessageId>) =>
    (at: Span, messageId: MessageId, extra: ReportExtra<MessageId>) =>
      builtinFinding(dockerfile, setup, rule, at, messageId, extra);
  const reported = [
    ...reportUnused(dockerfile, setup.names, unused, answeredBy(runs, setup), reportAs(unusedSuppressionRule)),
    ...reportExpiries(dockerfile, written, today, reportAs(expiredSuppressionRule)),
    ...reportReasonless(written, reportAs(suppressionReasonRule)),
  ];
  return sortFindings([...findings, ...applySuppressions(reported, suppressions).findings]);
}

/** Gives a measured waste the fix of the rule that reports the same instruction. */
function withFixesOfOthers(
  dockerfile: DockerfileModel,
  findings: readonly Finding[],
  rules: readonly AnyRule[],
): readonly Finding[] {
  const waste = new Map(rules.map(({ meta }) => [meta.id, meta.waste]));
  return findings.map((finding) => {
    if (waste.get(finding.ruleId) !== 'reports') return finding;
    const node = dockerfile.instructions.find(({ span }) => containsSpan(span, finding.span));
    const [other] = sortFindings(
      findings.filter(
        ({ ruleId, span, fixes }) =>
          waste.get(ruleId) === 'mends' && fixes.length > 0 && node && containsSpan(node.span, span),
      ),
    );
    return other ? { ...finding, fixes: other.fixes } : finding;
  });
}

/** Leaves out the edits of fixes that would write where the text does not mean what rules assume. */
function withoutMisplacedEdits(dockerfile: DockerfileModel, findings: readonly Finding[]): readonly Finding[] {
  // Rules see the command of an exec-form RUN and would write shell words into its JSON.
  const arrays = dockerfile.instructions
    .map((node) => node.trigger ?? node)
    .filter((node) => node.keyword === 'RUN' && node.form === 'exec')
    .map((node) => node.body);
  // After an escape character at the end of the file, a new line would continue the last one.
  const end = dockerfile.text.trimEnd();
  const openEnd = end.endsWith(dockerfile.escape) ? end.length : Number.POSITIVE_INFINITY;
  if (arrays.length === 0 && openEnd > dockerfile.text.length) return findings;
  const isMisplaced = ({ edits }: Finding['fixes'][number]) =>
    edits.some(({ span }) => span.start >= openEnd || arrays.some((body) => containsSpan(body, span)));
  return findings.map((finding) =>
    finding.fixes.some(isMisplaced)
      ? { ...finding, fixes: finding.fixes.map((fix) => (isMisplaced(fix) ? byHand(fix) : fix)) }
      : finding,
  );
}

/** The title still says what to write. */
export function byHand({ title }: Fix): Fix {
  return { title, safety: 'manual', edits: [] };
}

function builtinFinding<MessageId extends string>(
  dockerfile: DockerfileModel,
  { config, speech }: LintSetup,
  meta: RuleMeta<MessageId>,
  at: Span,
  messageId: MessageId,
  extra: ReportExtra<MessageId>,
): Finding[] {
  const severity = config.severityOf(meta.id);
  if (severity === 'off') return [];
  return [makeFinding(meta, severity, dockerfile.text.length, at, messageId, extra, speech)];
}

function parseErrors(dockerfile: DockerfileModel, setup: LintSetup): Finding[] {
  return dockerfile.errors.flatMap(({ kind, name, span }) =>
    builtinFinding(dockerfile, setup, parseErrorRule, span, kind, {
      data: { name },
      fix: spellingFix(kind, name, span),
    }),
  );
}

function spellingFix(kind: ParseError['kind'], name: string, span: Span): FixDraft<'write'> | undefined {
  const near = kind === 'unknown-instruction' ? nearestName(name, KEYWORDS) : undefined;
  if (near === undefined) return undefined;
  return { title: 'write', data: { near }, safety: 'unsafe', edits: [{ span, newText: near }] };
}

function failureOf(dockerfile: DockerfileModel, setup: LintSetup, { rule, failure }: RuleRun): Finding[] {
  const at = dockerfile.instructions[0]?.keywordSpan ?? { start: 0, end: 0 };
  const error = failure instanceof Error ? failure.message : String(failure);
  return builtinFinding(dockerfile, setup, internalErrorRule, at, 'failed', { data: { rule: rule.meta.id, error } });
}

/**
 * Tests whether a missing finding of a rule proves that there is nothing to suppress; undefined stands for all rules at
 * once.
 */
function answeredBy(runs: readonly RuleRun[], setup: LintSetup): (ruleId: string | undefined) => boolean {
  const answered = runs.filter((run) => run.failure === undefined && !run.missedContext);
  const ids = new Set(answered.filter((run) => !run.missedAnswer).map((run) => run.rule.meta.id));
  if (setup.config.severityOf(parseErrorRule.id) !== 'off') ids.add(parseErrorRule.id);
  return (ruleId) => (ruleId === undefined ? answered.length === runs.length : ids.has(ruleId));
}
