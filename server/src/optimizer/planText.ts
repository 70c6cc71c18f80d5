import type { Localize } from '../l10n/localize';
import { type Phrase, phrase, say } from '../l10n/phrase';
import { sizeText } from '../text/byteText';
import { escapeMarkdown } from '../text/markdown';
import type { ImageSummary, OptimizerPlan, SkippedStep } from './plan';

/** How a plan for a person is written. */
export interface PlanStyle {
  /** Between parts. */
  readonly gap: string;
  /** Before what belongs to a numbered line. */
  readonly indent: string;
  bold(text: string): string;
  dim(text: string): string;
  green(text: string): string;
  cyan(text: string): string;
  /** Our own sentences, with code in backticks. */
  prose(value: string): string;
  /** The same, in a comment only its start. */
  reason(value: string): string;
  id(value: string): string;
}

const asIs = (text: string): string => text;

/** For a comment on a pull request. */
export const PLAN_MARKDOWN: PlanStyle = {
  gap: '\n\n',
  indent: '    ',
  bold: (text) => `**${text}**`,
  dim: asIs,
  green: asIs,
  cyan: asIs,
  prose: escapeMarkdown,
  // Two sentences, as most reasons have.
  reason: (value) =>
    escapeMarkdown(
      value
        .split(/(?<=\.)(?=\s+[A-Z`])|(?<=。)/)
        .slice(0, 2)
        .join(''),
    ),
  id: (value) => `\`${value}\``,
};

/** A plan for a person. */
export function planText(plan: OptimizerPlan, style: PlanStyle, localize: Localize): string {
  const steps = plan.steps.map((step, index) => {
    const bytes = step.impact?.bytes;
    const rebuilt = step.impact?.rebuiltSteps ?? 0;
    const facts = [
      step.safety === 'safe' ? style.green(localize('safe')) : style.cyan(localize('may change behavior')),
      ...(bytes === undefined || bytes >= 0 ? [] : [localize('about {size} smaller', { size: sizeText(-bytes) })]),
      ...(rebuilt >= 0 ? [] : [fewerSteps(-rebuilt, localize)]),
    ].join(localize(', '));
    return [
      `${index + 1}. ${style.bold(style.prose(step.title))} (${facts}) ${style.id(step.id)}`,
      style.indent + style.reason(step.reason),
      ...(step.risk === undefined ? [] : [`${style.indent}${style.dim(localize('Risk:'))} ${style.prose(step.risk)}`]),
    ].join(style.gap);
  });
  const reasons = Object.keys(HEADINGS) as SkippedStep['reason'][];
  return [
    ...summary(plan, localize),
    ...steps,
    ...reasons.flatMap((reason) => leftOut(plan.skipped, reason, style, localize)),
  ].join(style.gap);
}

function fewerSteps(count: number, localize: Localize): string {
  return count === 1
    ? localize('1 fewer step to rerun after a source change')
    : localize('{count} fewer steps to rerun after a source change', { count });
}

/** One line that sums up the plan. */
function summary({ steps, summary: { before, after } }: OptimizerPlan, localize: Localize): string[] {
  if (steps.length === 0) return [];
  const isKnown = before.baseBytes !== undefined && after.baseBytes !== undefined;
  const change = localize('{before} → {after}', {
    before: image(before, isKnown, localize),
    after: image(after, isKnown, localize),
  });
  if (before.rebuiltSteps === after.rebuiltSteps)
    return before.layers === after.layers && before.baseBytes === after.baseBytes ? [] : [change];
  const data = { change, count: after.rebuiltSteps, before: before.rebuiltSteps };
  return [
    after.rebuiltSteps === 1
      ? localize('{change}; a source change reruns 1 RUN step instead of {before}', data)
      : localize('{change}; a source change reruns {count} RUN steps instead of {before}', data),
  ];
}

function image({ layers: count, baseBytes = 0 }: ImageSummary, isKnown: boolean, localize: Localize): string {
  if (!isKnown) return count === 1 ? localize('1 layer') : localize('{count} layers', { count });
  const data = { count, size: sizeText(baseBytes) };
  return count === 1
    ? localize('1 layer on a base of about {size}', data)
    : localize('{count} layers on a base of about {size}', data);
}

const HEADINGS: Readonly<Record<SkippedStep['reason'], Phrase>> = {
  guard: phrase('Skipped steps:'),
  unsafe: phrase('Also available at a higher --level:'),
  manual: phrase('Manual changes:'),
  conflict: phrase('Left out, conflict with another step:'),
  'changes-meaning': phrase('Left out, would change the meaning of the file:'),
  'did-not-converge': phrase('Left out, its fixes never settle:'),
};

function leftOut(
  skipped: readonly SkippedStep[],
  reason: SkippedStep['reason'],
  style: PlanStyle,
  localize: Localize,
): string[] {
  const lines = skipped
    .filter((step) => step.reason === reason)
    .map((step) => `  - ${style.prose(withReason(step, localize))} ${style.id(step.id)}`);
  return lines.length === 0 ? [] : [say(localize, HEADINGS[reason]), ...lines];
}

/** A refusal follows the title, what could break is shown as a risk, and advice stands in brackets. */
export function withReason({ title, why, reason }: SkippedStep, localize: Localize): string {
  if (reason === 'guard') return `${title}: ${why}`;
  return reason === 'unsafe' ? localize('{title}. Risk: {why}', { title, why }) : `${title} (${why})`;
}
