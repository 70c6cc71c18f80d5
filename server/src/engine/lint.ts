import type { DockerfileModel } from '../dockerfile/model';
import type { KnowledgeBase } from '../knowledge/knowledgeBase';
import { containsSpan, type Span } from '../text/span';
import type { BuildContext } from './buildContext';
import { internalErrorRule, parseErrorRule, unusedSuppressionRule } from './builtinRules';
import type { EffectiveConfig } from './config';
import { makeFinding, sortFindings } from './findings';
import type { Translate } from './messages';
import type { AnyRule, Finding, ReportExtra, RuleContext, RuleMeta, Severity, Visitor } from './rule';
import type { RuleNames } from './ruleNames';
import type { ShellCheck } from './shellCheck';
import { applySuppressions, failsOnChecks, isBuildKitName, readSuppressions } from './suppressions';
import { reportUnused } from './unusedSuppressions';
import { walk } from './walk';

export interface LintSetup {
  readonly rules: readonly AnyRule[];
  readonly names: RuleNames;
  readonly knowledge: KnowledgeBase;
  readonly translate: Translate | undefined;
  readonly config: EffectiveConfig;
  readonly buildContext: BuildContext | undefined;
  readonly shellCheck: ShellCheck | undefined;
}

/** All findings of a file by place, after configuration and suppression comments. */
export function lintModel(dockerfile: DockerfileModel, setup: LintSetup): readonly Finding[] {
  const findings = findAll(dockerfile, setup);
  // Where a heredoc ends is not known: what follows may be its text, and no fix can tell.
  const isOpen = dockerfile.errors.some(({ kind }) => kind === 'unterminated-heredoc');
  return isOpen ? findings.map((finding) => ({ ...finding, fixes: [] })) : findings;
}

/** With `# check=error=true` the build stops at what BuildKit's checks find. */
function severityIn(dockerfile: DockerfileModel, meta: RuleMeta, severity: Severity): Severity {
  return failsOnChecks(dockerfile) && meta.aliases.some(isBuildKitName) ? 'error' : severity;
}

function findAll(dockerfile: DockerfileModel, setup: LintSetup): readonly Finding[] {
  const runs = runRules(dockerfile, setup);
  const found = withoutEditsOfArrays(dockerfile, [
    ...parseErrors(dockerfile, setup),
    ...runs.flatMap((run) => run.findings),
  ]);
  const failed = runs.flatMap((run) => (run.failure === undefined ? [] : failureOf(dockerfile, setup, run)));
  const suppressions = setup.config.hasSuppressions ? readSuppressions(dockerfile, setup.names) : [];
  if (suppressions.length === 0) return sortFindings([...found, ...failed]);
  const { findings, unused } = applySuppressions([...found, ...failed], suppressions);
  const reported = reportUnused(dockerfile, setup.names, unused, answeredBy(runs, setup), (at, messageId, extra) =>
    builtinFinding(dockerfile, setup, unusedSuppressionRule, at, messageId, extra),
  );
  return sortFindings([...findings, ...applySuppressions(reported, suppressions).findings]);
}

/** Rules see the command of an exec-form RUN, and would write shell words into its JSON. */
function withoutEditsOfArrays(dockerfile: DockerfileModel, findings: readonly Finding[]): readonly Finding[] {
  const arrays = dockerfile.instructions
    .map((node) => node.trigger ?? node)
    .filter((node) => node.keyword === 'RUN' && node.form === 'exec')
    .map((node) => node.body);
  if (arrays.length === 0) return findings;
  const isInArray = ({ edits }: Finding['fixes'][number]) =>
    edits.some(({ span }) => arrays.some((body) => containsSpan(body, span)));
  return findings.map((finding) =>
    finding.fixes.some(isInArray) ? { ...finding, fixes: finding.fixes.filter((fix) => !isInArray(fix)) } : finding,
  );
}

/** One rule at work on one file. */
interface RuleRun {
  readonly rule: AnyRule;
  findings: Finding[];
  failure?: unknown;
  /** It asked for the build context and there was none: its silence means nothing. */
  missedContext: boolean;
}

function runRules(dockerfile: DockerfileModel, setup: LintSetup): readonly RuleRun[] {
  const runs: RuleRun[] = [];
  const visitors: { owner: RuleRun; visitor: Visitor }[] = [];
  const fail = (run: RuleRun, error: unknown): void => {
    run.failure = error ?? 'unknown';
    run.findings = [];
  };
  for (const rule of setup.rules) {
    const severity = setup.config.severityOf(rule.meta.id);
    if (severity === 'off') continue;
    const run: RuleRun = { rule, findings: [], missedContext: false };
    runs.push(run);
    try {
      const chosen = severityIn(dockerfile, rule.meta, severity);
      visitors.push({ owner: run, visitor: rule.create(contextOf(dockerfile, setup, run, chosen)) });
    } catch (error) {
      fail(run, error);
    }
  }
  walk(dockerfile, visitors, fail);
  return runs;
}

function contextOf(
  dockerfile: DockerfileModel,
  setup: LintSetup,
  run: RuleRun,
  severity: Severity,
): RuleContext<string> {
  const { meta } = run.rule as { meta: RuleMeta };
  return {
    dockerfile,
    knowledge: setup.knowledge,
    get buildContext() {
      run.missedContext ||= setup.buildContext === undefined;
      return setup.buildContext;
    },
    settings: setup.config.settings,
    shellCheck: setup.shellCheck,
    report: (at, messageId, extra = {}) => {
      const own = severity === meta.severity ? (extra.severity ?? severity) : severity;
      const chosen = (extra.code === undefined ? undefined : setup.config.choiceOf(extra.code)) ?? own;
      if (chosen === 'off') return;
      run.findings.push(makeFinding(meta, chosen, dockerfile.text.length, at, messageId, extra, setup.translate));
    },
  };
}

function builtinFinding<MessageId extends string>(
  dockerfile: DockerfileModel,
  { config, translate }: LintSetup,
  meta: RuleMeta<MessageId>,
  at: Span,
  messageId: MessageId,
  extra: ReportExtra<MessageId>,
): Finding[] {
  const severity = config.severityOf(meta.id);
  if (severity === 'off') return [];
  return [makeFinding(meta, severity, dockerfile.text.length, at, messageId, extra, translate)];
}

/** An empty file, or one of comments alone, is not finished rather than wrong. */
function parseErrors(dockerfile: DockerfileModel, setup: LintSetup): Finding[] {
  if (dockerfile.instructions.length === 0) return [];
  return dockerfile.errors.flatMap(({ kind, name, span }) =>
    builtinFinding(dockerfile, setup, parseErrorRule, span, kind, { data: { name } }),
  );
}

function failureOf(dockerfile: DockerfileModel, setup: LintSetup, { rule, failure }: RuleRun): Finding[] {
  const at = dockerfile.instructions[0]?.keywordSpan ?? { start: 0, end: 0 };
  const error = failure instanceof Error ? failure.message : String(failure);
  return builtinFinding(dockerfile, setup, internalErrorRule, at, 'failed', { data: { rule: rule.meta.id, error } });
}

/** Names whose silence proves that there is nothing to silence; undefined stands for all rules at once. */
function answeredBy(runs: readonly RuleRun[], setup: LintSetup): (ruleId: string | undefined) => boolean {
  const answered = runs.filter((run) => run.failure === undefined && !run.missedContext);
  const ids = new Set(answered.map((run) => run.rule.meta.id));
  if (setup.config.severityOf(parseErrorRule.id) !== 'off') ids.add(parseErrorRule.id);
  return (ruleId) => (ruleId === undefined ? answered.length === runs.length : ids.has(ruleId));
}
