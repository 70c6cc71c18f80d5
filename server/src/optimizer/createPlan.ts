import type { DockerfileModel } from '../dockerfile/model';
import { parseDockerfile } from '../dockerfile/parse';
import type { EffectiveConfig } from '../engine/config';
import type { Engine, FixResult, SkippedFix } from '../engine/engine';
import { isApplied } from '../engine/fixChoices';
import type { AnyRule, Finding } from '../engine/rule';
import type { Localize } from '../l10n/localize';
import { type Phrase, say } from '../l10n/phrase';
import { applyEdits, minimalEdits, sortEdits } from '../text/edits';
import type { Span } from '../text/span';
import { withoutLeftBlanks } from './blankLines';
import { imageSummary } from './imageSummary';
import { LEVELS, upToOf } from './levels';
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
import { isGuard, type Proposal, type Refusal, type Transform, type WriteComment } from './transform';
import { transforms } from './transforms';
import { withFiles } from './withFiles';

/** A step or plan that saves less than this does not mention its savings. */
export const SEEN_BYTES = 100_000;

/** More rounds than any file has needed; a round that changes nothing ends the work earlier. */
const MAX_ROUNDS = 10;

/**
 * Plans, step by step, how to make the image smaller with fewer layers, a non-root user and faster builds. Each step
 * is the work of one rule or transform. A plan for the result of a plan has no steps.
 */
export function createPlan(engine: Engine, text: string, given: PlanOptions): OptimizerPlan {
  return draftOf(engine, text, given).plan();
}

/** The result of a plan, without the texts of its steps. */
export function summarizePlan(engine: Engine, text: string, given: PlanOptions): PlanSummary {
  return draftOf(engine, text, given).summary();
}

function draftOf(engine: Engine, text: string, given: PlanOptions): Draft {
  const draft = new Draft(engine, text, withoutLastTarget(text, given));
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const before = draft.text;
    draft.round();
    if (draft.text === before) break;
  }
  return draft;
}

/** What a draft needs beside the options. */
interface DraftOptions extends PlanOptions {
  /** The project builds the last stage by its name. */
  readonly isNamed?: boolean;
}

/** If the target is the last stage, or no stage at all, every build that works makes the last one. */
function withoutLastTarget(text: string, options: PlanOptions): DraftOptions {
  const { config } = options;
  const target = config?.settings.targetStage;
  if (!config || target === undefined || target.includes('$')) return options;
  const { stages } = parseDockerfile(text);
  const built = stages.find(({ name, index }) => target.toLowerCase() === name || target === `${index}`);
  return built && built !== stages.at(-1)
    ? options
    : {
        ...options,
        isNamed: built !== undefined,
        config: { ...config, settings: { ...config.settings, targetStage: undefined } },
      };
}

/** The reason is added when the plan is finished: a rule's texts have to be loaded first. */
interface DraftStep extends Omit<OptimizerStep, 'reason' | 'risk' | 'impact'> {
  tell(): Pick<OptimizerStep, 'reason' | 'risk'>;
}

/** A plan in progress: the text so far and the steps that led to it. */
class Draft {
  text: string;
  readonly #before: string;
  readonly #lastStage: number;
  #parsed: DockerfileModel | undefined;
  readonly #first: ImageSummary;
  #summary: ImageSummary;
  readonly #steps: DraftStep[] = [];
  /** The rules that have findings in the original file. */
  #found: ReadonlySet<string> | undefined;
  readonly #refusals = new Map<string, SkippedStep>();
  readonly #files = new Map<string, NewFile>();
  readonly #comment: WriteComment;

  constructor(
    private readonly engine: Engine,
    text: string,
    private readonly options: DraftOptions,
  ) {
    this.text = text;
    this.#before = text;
    this.#comment = commentWriter(engine, options.comments);
    this.#lastStage = this.#parse(text).stages.length - 1;
    this.#first = this.#summaryOf(text);
    this.#summary = this.#first;
  }

  /** Runs each rule and transform once, in order. */
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
      skipped: this.#skipped(),
      after: this.text,
      files: [...this.#files.values()],
      summary: this.#images(),
    };
  }

  summary(): PlanSummary {
    return { ...this.#images(), stepCount: this.#steps.length, text: this.text };
  }

  #images(): OptimizerPlan['summary'] {
    return { before: this.#first, after: this.#summary };
  }

  /** The chosen stage at its current position, counted from the end because new stages are inserted before it. */
  #stageSpan(): Within {
    const { stage } = this.options;
    if (stage === undefined) return undefined;
    const fromEnd = this.#lastStage - stage;
    return ({ stages }) => {
      const chosen = stages.at(-1 - fromEnd);
      return chosen && { start: chosen.from.span.start, end: (chosen.instructions.at(-1) ?? chosen.from).span.end };
    };
  }

  /** Cached because every transform asks for the same text. */
  #parse(text: string): DockerfileModel {
    if (this.#parsed?.text !== text) this.#parsed = parseDockerfile(text, this.options.config?.settings);
    return this.#parsed;
  }

  #isOff(id: string): boolean {
    const { without, config } = this.options;
    return without?.has(id) === true || config?.settings.withoutSteps.has(id) === true;
  }

  #transforms(): Transform[] {
    // These transforms concern the whole image, so they only run if the chosen stage is the last one.
    if (this.#stageSpan() !== undefined && this.options.stage !== this.#lastStage) return [];
    return transforms.filter(
      (transform) => this.#isInLevel(transform) && !this.#isOff(transform.id) && !this.#isLeftToPerson(transform),
    );
  }

  /** It does what rules report, and the configuration wants their fixes chosen by a person, or not at all. */
  #isLeftToPerson({ answers = [] }: Transform): boolean {
    const { fixes } = this.options.config ?? {};
    return answers.length > 0 && answers.every((id) => ['explicit', 'never'].includes(fixes?.get(id) ?? ''));
  }

  #isInLevel({ level }: Transform): boolean {
    return LEVELS.indexOf(level) <= LEVELS.indexOf(this.options.level);
  }

  /**
   * Rules that have something to fix in this text. A fix of one rule may enable a fix of another, so every round
   * checks again.
   */
  #rulesAtWork(): AnyRule[] {
    const unsafe = new Set<string>();
    const safe = new Set<string>();
    const { findings } = this.engine.lint(this.text, this.options);
    this.#found ??= new Set(findings.map(({ ruleId }) => ruleId));
    for (const { ruleId, fixes } of findings) {
      for (const fix of fixes) {
        if (isApplied(fix, 'safe')) safe.add(ruleId);
        else if (isApplied(fix, 'unsafe')) unsafe.add(ruleId);
      }
    }
    return this.engine.rules.filter((rule) => {
      const { id } = rule.meta;
      if (this.#isOff(id)) return false;
      return safe.has(id) || (unsafe.has(id) && upToOf(rule, this.options) === 'unsafe');
    });
  }

  #fix(rule: AnyRule): void {
    const within = this.#stageSpan();
    const result = fixOne(this.engine, this.text, rule, this.options, within);
    if (result.text !== this.text) this.#take(stepOfRule(this.engine, rule, this.text, result));
  }

  #ask(propose: Transform['propose']): Proposal | Refusal | undefined {
    const { config, preferCacheMounts = 'auto', hasBuildKit = false, isNamed = false } = this.options;
    return propose({
      dockerfile: this.#parse(this.text),
      knowledge: this.engine.knowledge,
      buildContext: this.#context(),
      config,
      isNamed,
      isNew: this.options.isNew ?? false,
      level: this.options.level,
      cacheMounts: preferCacheMounts,
      hasBuildKit,
      comment: this.#comment,
    });
  }

  /** The build context as it will be once the plan's files are written. */
  #context(): PlanOptions['buildContext'] {
    return this.options.buildContext && withFiles(this.options.buildContext, this.#files);
  }

  #transform({ id, safety, propose }: Transform): void {
    const answer = this.#ask(propose);
    if (!answer) return;
    if (isGuard(answer)) {
      // Keep the first refusal: it is about the file as it was written. A step that was taken has no more to do.
      if (!this.#refusals.has(id) && !this.#steps.some((step) => step.id === id))
        this.#refusals.set(id, { id, title: this.#say(answer.title), reason: 'guard', why: this.#say(answer.guard) });
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
    const before = this.#summary;
    const changed = applyEdits(this.text, sortEdits(step.edits));
    const tidy = withoutLeftBlanks(this.text, changed);
    const edits = tidy === changed ? sortEdits(step.edits) : minimalEdits(this.text, tidy);
    this.text = tidy;
    for (const file of step.files ?? []) this.#files.set(file.path, file);
    this.#summary = this.#summaryOf(this.text);
    this.#steps.push({ ...step, edits, ...impactOf(before, this.#summary) });
  }

  #summaryOf(text: string): ImageSummary {
    return imageSummary(this.#parse(text), this.engine.knowledge, this.#context());
  }

  #skipped(): SkippedStep[] {
    const considered = [...this.#refusals.values(), ...this.#higherTransforms()];
    const ids = new Set(considered.map(({ id }) => id));
    const answered = new Set(transforms.flatMap(({ id, answers = [] }) => (ids.has(id) ? answers : [])));
    return [...considered, ...this.#skippedFixes(answered)];
  }

  /** Transforms that only a higher level would apply to the result. */
  #higherTransforms(): SkippedStep[] {
    if (this.#stageSpan() !== undefined) return [];
    return transforms.flatMap((transform) => {
      if (this.#isLeftToPerson(transform)) return [];
      const answer = this.#isInLevel(transform) ? undefined : this.#ask(transform.propose);
      if (!answer || isGuard(answer)) return [];
      const { title, reason, risk } = answer;
      return { id: transform.id, title: this.#say(title), reason: 'unsafe' as const, why: this.#say(risk ?? reason) };
    });
  }

  /** The remaining findings of the rules in the result, and why the plan does not fix them. */
  #skippedFixes(answered: ReadonlySet<string>): SkippedStep[] {
    const skipped = new Map<string, SkippedStep>();
    for (const { finding, rule, reason } of this.#leftFindings()) {
      // Manual findings about lines that the plan itself wrote are not reported: those lines have to be as they are.
      if (reason === 'manual' && !this.#found?.has(finding.ruleId)) continue;
      if (answered.has(finding.ruleId)) continue;
      const title = titleOfSkipped(finding, reason);
      const isForLevel =
        reason === 'unsafe' && rule !== undefined && upToOf(rule, { ...this.options, level: 'all' }) === 'unsafe';
      skipped.set(`${finding.ruleId}\n${title}`, {
        id: finding.ruleId,
        title,
        // If no level applies the fix, the user has to.
        reason: reason === 'explicit' || (reason === 'unsafe' && !isForLevel) ? 'manual' : reason,
        why: isForLevel ? this.#riskOf(rule) : finding.message,
      });
    }
    return [...skipped.values()];
  }

  /** Findings whose fix the level leaves out or that have no automatic fix. */
  #leftFindings(): (SkippedFix & { readonly rule: AnyRule | undefined })[] {
    const { engine, options } = this;
    const rules = new Map(engine.rules.map((rule) => [rule.meta.id, rule]));
    const { skipped } = engine.fixAll(this.text, { ...options, buildContext: this.#context(), upTo: 'safe' });
    return skipped
      .map((one) => ({ ...one, rule: rules.get(one.finding.ruleId) }))
      .filter(
        ({ rule, reason }) =>
          reason !== 'unsafe' || !rule || upToOf(rule, options) === 'safe' || this.#isOff(rule.meta.id),
      );
  }

  #riskOf({ meta }: AnyRule): string {
    const { rationale } = this.engine.docsOf(meta);
    return riskOf(this.engine, meta) ?? firstParagraph(rationale);
  }
}

function commentWriter({ localize, localizeIn }: Engine, comments: PlanOptions['comments'] = 'auto'): WriteComment {
  if (comments === 'none') return () => [];
  const spoken = comments === 'auto' ? localize : localizeIn(comments);
  return (text) => [`# ${say(spoken, text)}`];
}

/** Returns the part of a text in which fixes may make changes; undefined: everywhere. */
type Within = ((dockerfile: DockerfileModel) => Span | undefined) | undefined;

function fixOne(engine: Engine, text: string, rule: AnyRule, options: PlanOptions, within: Within): FixResult {
  const { config: whole } = options;
  const { id } = rule.meta;
  const config: EffectiveConfig | undefined = whole && {
    ...whole,
    severityOf: (other) => (other === id ? whole.severityOf(other) : 'off'),
  };
  const upTo = upToOf(rule, options);
  return engine.fixAll(text, { ...options, config: config ?? undefined, upTo, rules: new Set([id]), within });
}

function stepOfRule(engine: Engine, { meta }: AnyRule, before: string, result: FixResult): DraftStep {
  const [first] = result.applied;
  const isSafe = result.applied.every((fix) => fix.safety === 'safe');
  return {
    id: meta.id,
    title: titleOf(first?.title ?? engine.docsOf(meta).description, result.applied.length, engine.localize),
    tell: () => {
      const reason = firstParagraph(engine.docsOf(meta).rationale);
      const risk = isSafe ? undefined : riskOf(engine, meta);
      return risk === undefined ? { reason } : { reason, risk };
    },
    safety: isSafe ? 'safe' : 'unsafe',
    edits: minimalEdits(before, result.text),
  };
}

function titleOf(title: string, count: number, localize: Localize): string {
  return count > 1 ? localize('{title} ({count}×)', { title, count }) : title;
}

/** The risk of an unsafe fix, as a sentence by itself. */
function riskOf(engine: Engine, meta: AnyRule['meta']): string | undefined {
  const risk = engine.docsOf(meta).fixSafety?.unsafe;
  return risk && risk.slice(0, 1).toUpperCase() + risk.slice(1);
}

function firstParagraph(text: string): string {
  return text.split('\n\n', 1)[0] ?? '';
}

/** How a step changes the image's figures; differences too small to notice are left out. */
function impactOf(before: ImageSummary, after: ImageSummary): { readonly impact?: StepImpact } {
  const bytes = (after.imageBytes ?? Number.NaN) - (before.imageBytes ?? Number.NaN);
  const rebuiltSteps = after.rebuiltSteps - before.rebuiltSteps;
  const impact: StepImpact = {
    ...(Math.abs(bytes) >= SEEN_BYTES ? { bytes } : {}),
    ...(rebuiltSteps === 0 ? {} : { rebuiltSteps }),
  };
  return Object.keys(impact).length === 0 ? {} : { impact };
}

function titleOfSkipped(finding: Finding, reason: SkippedFix['reason']): string {
  const fix = finding.fixes.find(({ safety }) => safety === reason) ?? finding.fixes[0];
  return fix?.title ?? finding.message;
}
