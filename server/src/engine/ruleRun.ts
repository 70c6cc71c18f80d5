import type { DockerfileModel } from '../dockerfile/model';
import type { KnowledgeBase } from '../knowledge/knowledgeBase';
import type { BuildContext } from './buildContext';
import { makeFinding } from './findings';
import type { ImageScans } from './imageScans';
import type { LintSetup } from './lintSetup';
import type { MeasuredWaste } from './measured';
import type { AnyRule, Finding, RuleContext, RuleMeta, Severity, Visitor } from './rule';
import type { RuleSettings } from './ruleSettings';
import type { ShellCheck } from './shellCheck';
import type { Visiting } from './walk';

/** One rule at work on one file; it is also what the rule is given. */
export class RuleRun implements RuleContext<string>, Visiting {
  failure: unknown;
  /** It asked for the build context and there was none: its silence means nothing. */
  missedContext = false;
  /** It asked for what a program outside tells, which was not run, or long ago: its silence means little. */
  missedAnswer = false;
  #visitor: Visitor | undefined;

  constructor(
    readonly rule: AnyRule,
    readonly dockerfile: DockerfileModel,
    private readonly setup: LintSetup,
    private readonly severity: Severity,
    private readonly found: Finding[],
  ) {}

  /** Made when the walk first comes by something that the rule looks at. */
  get visitor(): Visitor {
    this.#visitor ??= this.rule.create(this);
    return this.#visitor;
  }

  get knowledge(): KnowledgeBase {
    return this.setup.knowledge;
  }

  get buildContext(): BuildContext | undefined {
    this.setup.memory?.noteOutside();
    this.missedContext ||= this.setup.buildContext === undefined;
    return this.setup.buildContext;
  }

  get settings(): RuleSettings {
    return this.setup.config.settings;
  }

  get shellCheck(): ShellCheck | undefined {
    this.setup.memory?.noteOutside();
    this.missedAnswer ||= this.setup.shellCheck === undefined;
    return this.setup.shellCheck;
  }

  get imageScans(): ImageScans | undefined {
    this.setup.memory?.noteOutside();
    this.missedAnswer = true;
    return this.setup.imageScans;
  }

  get measured(): readonly MeasuredWaste[] | undefined {
    this.setup.memory?.noteOutside();
    this.missedAnswer ||= this.setup.measured === undefined;
    return this.setup.measured;
  }

  /** Rules take it out of the context. */
  get report(): RuleContext<string>['report'] {
    return (at, messageId, extra = {}) => {
      const { meta } = this.rule as { meta: RuleMeta };
      const { config, speech } = this.setup;
      const own = this.severity === meta.severity ? (extra.severity ?? this.severity) : this.severity;
      const chosen = (extra.code === undefined ? undefined : config.choiceOf(extra.code)) ?? own;
      if (chosen === 'off') return;
      this.found.push(makeFinding(meta, chosen, this.dockerfile.text.length, at, messageId, extra, speech));
    };
  }

  fail(error: unknown): void {
    this.failure = error ?? 'unknown';
    this.#visitor = {};
  }
}
