import type { Localize } from '../l10n/localize';
import { SEEN_BYTES, summarizePlan } from '../optimizer/createPlan';
import type { ImageSummary, PlanSummary } from '../optimizer/plan';
import { exactBytes, sizeText } from '../text/byteText';
import { aboutSize, sizeOnDisk } from './aboutSize';
import type { Analysis } from './analyses';
import type { MeasuredImage } from './measurements';
import type { Session } from './session';

/** What a plan does to the whole image, for the lens, the status bar and the view of the plan alike; all sizes on disk. */
export interface PlanFigures {
  /** The image as it is; undefined: its size is unknown. */
  readonly now: string | undefined;
  /** What changes; empty if no figure does. */
  readonly change: string;
  /** Undefined: nothing that is known. */
  readonly saving: string | undefined;
}

const summaries = new WeakMap<Analysis, { readonly context: unknown; readonly summary: PlanSummary }>();

/** The plan that Optimize Dockerfile would show, made once for each version of a document. */
export function planSummary(session: Session, analysis: Analysis): PlanSummary {
  const options = session.planOptions(analysis.uri, analysis);
  const known = summaries.get(analysis);
  if (known && known.context === options.buildContext) return known.summary;
  const summary = summarizePlan(session.engine, analysis.text, options);
  summaries.set(analysis, { context: options.buildContext, summary });
  return summary;
}

/** True once something has asked for the plan of this version of the document. */
export function isPlanKnown(analysis: Analysis): boolean {
  return summaries.has(analysis);
}

const left = new WeakMap<PlanSummary, ReadonlySet<string>>();

/** The rules that still have findings after the plan. */
export function rulesAfterPlan(session: Session, analysis: Analysis): ReadonlySet<string> {
  const summary = planSummary(session, analysis);
  const known = left.get(summary);
  if (known) return known;
  const { findings } = session.engine.lint(summary.text, session.planOptions(analysis.uri, analysis));
  const rules = new Set(findings.map(({ ruleId }) => ruleId));
  left.set(summary, rules);
  return rules;
}

/** Measured if both images were built, else estimated: a measured and an estimated size are never compared. */
export function planFigures(
  { engine: { localize }, measurements }: Session,
  { uri, text }: Pick<Analysis, 'uri' | 'text'>,
  { before, after, text: planned }: Pick<PlanSummary, 'before' | 'after' | 'text'>,
): PlanFigures {
  const measured = measurements.of(uri, text);
  const built = measured?.after?.text === planned ? measured.after.image : undefined;
  if (measured && built) return measuredFigures(measured.before, built, localize);
  const { change, saving } = estimatedFigures(before, after, localize);
  if (!measured) {
    const { imageBytes } = before;
    return { now: imageBytes === undefined ? undefined : sizeOnDisk(localize, imageBytes), change, saving };
  }
  const now = localize('{size} on disk, measured on {date}', {
    size: exactBytes(measured.before.bytes),
    date: dateOf(measured.before),
  });
  return { now, change: [now, ...(saving === undefined ? [] : [saving])].join(localize(', ')), saving };
}

function measuredFigures(before: MeasuredImage, after: MeasuredImage, localize: Localize): PlanFigures {
  const date = dateOf(after);
  const [is, becomes] = [exactBytes(before.bytes), exactBytes(after.bytes)];
  const now = localize('{size} on disk, measured on {date}', { size: is, date });
  const changes = [...sizeChange(is, becomes, localize), ...layerChange(before.layerCount, after.layerCount, localize)];
  const saved = before.bytes - after.bytes;
  return {
    now,
    change: changes.length === 0 ? now : [...changes, localize('measured on {date}', { date })].join(localize(', ')),
    saving: saved > 0 ? localize('{size} smaller', { size: exactBytes(saved) }) : undefined,
  };
}

function estimatedFigures(
  { imageBytes: is, layers }: ImageSummary,
  { imageBytes: becomes, layers: layersAfter }: ImageSummary,
  localize: Localize,
): Pick<PlanFigures, 'change' | 'saving'> {
  const about = (bytes: number) => aboutSize(localize, bytes);
  const isKnown = is !== undefined && becomes !== undefined;
  return {
    change: [
      ...(isKnown ? sizeChange(about(is), about(becomes), localize) : []),
      ...layerChange(layers, layersAfter, localize),
    ].join(localize(', ')),
    saving:
      isKnown && is - becomes >= SEEN_BYTES
        ? localize('about {size} smaller', { size: sizeText(is - becomes) })
        : undefined,
  };
}

/** Nothing for two figures that read the same. */
function sizeChange(before: string, after: string, localize: Localize): string[] {
  return before === after ? [] : [localize('{before} → {after} on disk', { before, after })];
}

function layerChange(before: number, after: number, localize: Localize): string[] {
  if (before === after) return [];
  return [
    after === 1 ? localize('{before} → 1 layer', { before }) : localize('{before} → {after} layers', { before, after }),
  ];
}

function dateOf({ measuredAt }: MeasuredImage): string {
  return measuredAt.slice(0, 10);
}
