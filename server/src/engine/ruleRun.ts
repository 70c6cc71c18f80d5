import type { DockerfileModel } from '../dockerfile/model';
import type { KnowledgeBase } from '../knowledge/knowledgeBase';
import type { BuildContext } from './buildContext';
import { makeFinding } from './findings';
import type { ImagePlatforms } from './imagePlatforms';
import type { ImageScans } from './imageScans';
import type { LintSetup } from './lintSetup';
import type { MeasuredWaste } from './measured';
import type { AnyRule, Finding, RuleContext, RuleMeta, Severity, Visitor } from './rule';
import type { RuleSettings } from './ruleSettings';
import type { ShellCheck } from './shellCheck';
import type { Visiting } from './walk';

/** One rule running on one file; it is also the context that the rule gets. */
export class RuleRun implements RuleContext<string>, Visiting {
  failure: unknown;
  /** It asked for a build context that does not exist, so a missing finding proves nothing. */
  missedContext = false;
  /**
   * It asked for the answer of an external program that did not run, or ran long ago, so a missing finding proves
   * little.
   */
  missedAnswer = false;
  #visitor: Visitor | undefined;

  constructor(
    readonly rule: AnyRule,
    readonly dockerfile: DockerfileModel,
    private readonly setup: LintSetup,
    private readonly severity: Severity,
    private readonly found: Finding[],
  ) {}

  /** Created when the walk first reaches something that the rule looks at. */
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

  get imagePlatforms(): ImagePlatforms | undefined {
    this.setup.memory?.noteOutside();
    this.missedAnswer = true;
    return this.setup.imagePlatforms;
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

  /** A getter, because rules destructure it from the context. */
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
