import type { DockerfileModel } from '../dockerfile/model';
import { parseDockerfile } from '../dockerfile/parse';
import { defaultConfig, type EffectiveConfig, resolveConfig } from '../engine/config';
import type { AppliedFix, Engine, FixResult, SkippedFix } from '../engine/engine';
import type { AnyRule, Finding } from '../engine/rule';
import type { Localize } from '../l10n/localize';
import { type Phrase, say } from '../l10n/phrase';
import { applyEdits, minimalEdits } from '../text/edits';
import type { Span } from '../text/span';
import { imageSummary } from './imageSummary';
import { CACHE_MOUNTS, LEVELS, upToOf } from './levels';
import { orderOfSteps } from './order';
import type {
  ImageSummary,
  NewFile,
  OptimizerPlan,
  OptimizerStep,
  PlanOptions,
  PlanSummary,
  SkippedStep,
  StepImpact,
} from './plan';
import { isGuard, type Proposal, type Refusal, type Transform } from './transform';
import { transforms } from './transforms';

/** More rounds than any file has needed; a round after the last change ends the work earlier. */
const MAX_ROUNDS = 10;

/**
 * What would make the image smaller, its layers fewer, its user harmless and its builds faster, step by step.
 * Each step is the work of one rule or transform; a plan for the result of a plan has no steps.
 */
export function createPlan(engine: Engine, text: string, given: PlanOptions): OptimizerPlan {
  return draftOf(engine, text, given).plan();
}

/** What a plan comes to, without a word about its steps. */
export function summarizePlan(engine: Engine, text: string, given: PlanOptions): PlanSummary {
  return draftOf(engine, text, given).summary();
}

function draftOf(engine: Engine, text: string, given: PlanOptions): Draft {
  const options = given.preferCacheMounts ? { ...given, config: withCacheMounts(engine, given.config) } : given;
  const draft = new Draft(engine, text, options);
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const before = draft.text;
    draft.round();
    if (draft.text === before) break;
  }
  return draft;
}

function withCacheMounts(engine: Engine, given: EffectiveConfig | undefined): EffectiveConfig {
  const config = given ?? resolveConfig(defaultConfig, engine.rules, 'Dockerfile');
  const severityOf: EffectiveConfig['severityOf'] = (id) => {
    const severity = config.severityOf(id);
    return id === CACHE_MOUNTS && severity === 'off' ? 'hint' : severity;
  };
  return { ...config, severityOf };
}

/** Its reason is told when the plan is: that of a rule has to be loaded. */
interface DraftStep extends Omit<OptimizerStep, 'reason' | 'risk'> {
  tell(): Pick<OptimizerStep, 'reason' | 'risk'>;
}

/** A plan while it is made: the text so far and the steps that led to it. */
class Draft {
  text: string;
  readonly #before: string;
  readonly #lastStage: number;
  #parsed: DockerfileModel | undefined;
  readonly #steps: DraftStep[] = [];
  readonly #refusals = new Map<string, SkippedStep>();
  readonly #files = new Map<string, NewFile>();

  constructor(
    private readonly engine: Engine,
    text: string,
    private readonly options: PlanOptions,
  ) {
    this.text = text;
    this.#before = text;
    this.#lastStage = this.#parse(text).stages.length - 1;
  }

  /** Everything in its order, once. */
  round(): void {
    const atWork = this.#rulesAtWork();
    for (const step of orderOfSteps([...atWork, ...this.#transforms()])) {
      if ('propose' in step) this.#transform(step);
      else this.#fix(step);
    }
  }

  plan(): OptimizerPlan {
    return {
      before: this.#before,
      steps: this.#steps.map(({ tell, ...step }) => ({ ...step, ...tell() })),
      skipped: [...this.#refusals.values(), ...this.#skippedFixes()],
      after: this.text,
      files: [...this.#files.values()],
      summary: this.#images(),
    };
  }

  summary(): PlanSummary {
    return { ...this.#images(), stepCount: this.#steps.length, text: this.text };
  }

  #images(): OptimizerPlan['summary'] {
    return { before: this.#summaryOf(this.#before), after: this.#summaryOf(this.text) };
  }

  /** The chosen stage wherever it stands by now, counted from the end: new stages come before it. */
  #stageSpan(): Within {
    const { stage } = this.options;
    if (stage === undefined) return undefined;
    const fromEnd = this.#lastStage - stage;
    return ({ stages }) => {
      const chosen = stages.at(-1 - fromEnd);
      return chosen && { start: chosen.from.span.start, end: (chosen.instructions.at(-1) ?? chosen.from).span.end };
    };
  }

  /** The last text is asked for by every transform. */
  #parse(text: string): DockerfileModel {
    if (this.#parsed?.text !== text) this.#parsed = parseDockerfile(text, this.options.config?.settings);
    return this.#parsed;
  }

  #isOff(id: string): boolean {
    return this.options.without?.has(id) ?? false;
  }

  #transforms(): Transform[] {
    const highest = LEVELS.indexOf(this.options.level);
    // They are about the image as a whole, whose last stage this is.
    if (this.#stageSpan() !== undefined && this.options.stage !== this.#lastStage) return [];
    return transforms.filter(({ id, level }) => LEVELS.indexOf(level) <= highest && !this.#isOff(id));
  }

  /** Rules that have something to fix in this text. A fix of one may open the way for another, so every round looks anew. */
  #rulesAtWork(): AnyRule[] {
    const fixable = new Set(
      this.engine
        .lint(this.text, this.options)
        .findings.filter((finding) => finding.fixes.some((fix) => fix.safety !== 'manual'))
        .map((finding) => finding.ruleId),
    );
    return this.engine.rules.filter(({ meta }) => fixable.has(meta.id) && !this.#isOff(meta.id));
  }

  #fix(rule: AnyRule): void {
    const within = this.#stageSpan();
    const result = fixOne(this.engine, this.text, rule, this.options, within);
    if (result.text !== this.text) this.#take(stepOfRule(this.engine, rule, this.text, result));
  }

  #transform({ id, safety, propose }: Transform): void {
    const { buildContext, config } = this.options;
    const dockerfile = this.#parse(this.text);
    const answer: Proposal | Refusal | undefined = propose({
      dockerfile,
      knowledge: this.engine.knowledge,
      buildContext: withFiles(buildContext, this.#files),
      config,
    });
    if (!answer) return;
    if (isGuard(answer)) {
      // The first is about the file as it was written.
      if (!this.#refusals.has(id))
        this.#refusals.set(id, { id, title: this.#say(answer.title), reason: 'guard', guard: this.#say(answer.guard) });
      return;
    }
    this.#refusals.delete(id);
    const { title, reason, risk, ...work } = answer;
    this.#take({
      id,
      safety,
      title: this.#say(title),
      tell: () => ({ reason: this.#say(reason), ...(risk === undefined ? {} : { risk: this.#say(risk) }) }),
      ...work,
    });
  }

  #say(text: Phrase): string {
    return say(this.engine.localize, text);
  }

  #take(step: DraftStep): void {
    const before = this.#summaryOf(this.text);
    this.text = applyEdits(this.text, step.edits);
    for (const file of step.files ?? []) this.#files.set(file.path, file);
    const impact = withRebuild(step.impact, before, this.#summaryOf(this.text));
    this.#steps.push({ ...step, ...(impact ? { impact } : {}) });
  }

  #summaryOf(text: string): ImageSummary {
    return imageSummary(this.#parse(text), this.engine.knowledge, this.options.buildContext);
  }

  /** What the rules still say of the result, and why nothing was done about it. */
  #skippedFixes(): SkippedStep[] {
    const skipped = new Map<string, SkippedStep>();
    const upTo = this.options.level === 'safe' ? 'safe' : 'unsafe';
    for (const { finding, reason } of skippedOf(this.engine, this.text, this.options, upTo)) {
      const title = titleOfSkipped(finding, reason);
      skipped.set(`${finding.ruleId}\n${title}`, { id: finding.ruleId, title, reason });
    }
    return [...skipped.values()];
  }
}

/** Findings with a fix that the level leaves out, or that nobody can apply. */
function skippedOf(engine: Engine, text: string, options: PlanOptions, upTo: 'safe' | 'unsafe'): SkippedFix[] {
  const rules = new Map(engine.rules.map((rule) => [rule.meta.id, rule]));
  const { skipped } = engine.fixAll(text, { ...options, upTo: 'safe' });
  return skipped.filter(({ finding, reason }) => {
    const rule = rules.get(finding.ruleId);
    return (
      upTo === 'safe' ||
      reason !== 'unsafe' ||
      !rule ||
      upToOf(rule, options.level, options.preferCacheMounts) === 'safe' ||
      options.without?.has(finding.ruleId)
    );
  });
}

/** Where fixes may change something, of any text; undefined: everywhere. */
type Within = ((dockerfile: DockerfileModel) => Span | undefined) | undefined;

function fixOne(engine: Engine, text: string, rule: AnyRule, options: PlanOptions, within: Within): FixResult {
  const { config: whole, level } = options;
  const { id } = rule.meta;
  const config: EffectiveConfig | undefined = whole && {
    ...whole,
    severityOf: (other) => (other === id ? whole.severityOf(other) : 'off'),
  };
  const upTo = upToOf(rule, level, options.preferCacheMounts);
  return engine.fixAll(text, { ...options, config: config ?? undefined, upTo, rules: new Set([id]), within });
}

function stepOfRule(engine: Engine, { meta }: AnyRule, before: string, result: FixResult): DraftStep {
  const [first] = result.applied;
  const impact = totalImpact(result.applied);
  const isSafe = result.applied.every((fix) => fix.safety === 'safe');
  return {
    id: meta.id,
    title: titleOf(first?.title ?? engine.docsOf(meta).description, result.applied.length, engine.localize),
    tell: () => {
      const { rationale, fixSafety } = engine.docsOf(meta);
      const reason = firstParagraph(rationale);
      return isSafe || fixSafety === undefined ? { reason } : { reason, risk: riskIn(fixSafety) };
    },
    safety: isSafe ? 'safe' : 'unsafe',
    edits: minimalEdits(before, result.text),
    ...(impact ? { impact } : {}),
  };
}

function titleOf(title: string, count: number, localize: Localize): string {
  return count > 1 ? localize('{title} ({count}×)', { title, count }) : title;
}

/** What a rule says of its fix, without the words that belong to single fixes. */
function riskIn(fixSafety: string): string {
  const [sentence = ''] = firstParagraph(fixSafety)
    .replace(
      /^(?:(?:Never applied without your choice|Unsafe): |安全でない修正です。|選択したときにのみ適用されます。)/,
      '',
    )
    .split(/(?<=\.) |(?<=。)/, 1);
  return sentence.slice(0, 1).toUpperCase() + sentence.slice(1);
}

function firstParagraph(text: string): string {
  return text.split('\n\n', 1)[0] ?? '';
}

function totalImpact(applied: readonly AppliedFix[]): StepImpact | undefined {
  const known = applied.flatMap(({ finding }) => finding.impact?.bytes ?? []);
  return known.length === 0 ? undefined : { bytes: known.reduce((sum, bytes) => sum + bytes, 0) };
}

function withRebuild(
  impact: StepImpact | undefined,
  before: ImageSummary,
  after: ImageSummary,
): StepImpact | undefined {
  const rebuiltSteps = after.rebuiltSteps - before.rebuiltSteps;
  return rebuiltSteps === 0 ? impact : { ...impact, rebuiltSteps };
}

/** The context as it is once the plan's files are written. */
function withFiles(
  context: PlanOptions['buildContext'],
  files: ReadonlyMap<string, NewFile>,
): PlanOptions['buildContext'] {
  if (!context || files.size === 0) return context;
  const listed = new Map(context.files);
  for (const [path, { after }] of files) listed.set(path, { sizeBytes: after.length });
  return {
    ...context,
    files: listed,
    unlisted: context.unlisted,
    isComplete: context.isComplete,
    read: (path) => files.get(path)?.after ?? context.read(path),
  };
}

function titleOfSkipped(finding: Finding, reason: SkippedFix['reason']): string {
  const fix = finding.fixes.find(({ safety }) => safety === reason) ?? finding.fixes[0];
  return fix?.title ?? finding.message;
}
