import { createPlan } from '../../optimizer/createPlan';
import type { OptimizerPlan, SkippedStep } from '../../optimizer/plan';
import { aboutBytes } from '../../text/byteText';
import { type Colour, createColour } from '../colour';
import { countOf } from '../countOf';
import type { Session } from '../session';
import { rewriteFiles } from './rewrite';

/** Shows, prints or writes the optimized files, with the plan that leads to them. */
export function optimize(session: Session): number {
  const { level, preferCacheMounts } = session.options;
  const colour = createColour(session.hasColour);
  return rewriteFiles(session, (path, text) => {
    const plan = createPlan(session.engine, text, { ...session.lintOptions(path), level, preferCacheMounts });
    return { after: plan.after, files: plan.files, report: describe(plan, colour), json: toJson(plan) };
  });
}

function describe(plan: OptimizerPlan, colour: Colour): string {
  const steps = plan.steps.map((step, index) => {
    const bytes = step.impact?.bytes;
    const rebuilt = step.impact?.rebuiltSteps ?? 0;
    const size = bytes === undefined || bytes >= 0 ? '' : `, ${aboutBytes(-bytes)} smaller`;
    const rebuild = rebuilt >= 0 ? '' : `, ${countOf(-rebuilt, 'step')} fewer after a changed source file`;
    const effect = `${size}${rebuild}`;
    const safety = step.safety === 'safe' ? colour.green('safe') : colour.cyan('may change behaviour');
    return `${index + 1}. ${colour.bold(step.title)} (${safety}${effect}) ${colour.dim(`[${step.id}]`)}\n   ${step.reason}${step.risk === undefined ? '' : `\n   ${colour.dim('Risk:')} ${step.risk}`}`;
  });
  const reasons = Object.keys(HEADINGS) as SkippedStep['reason'][];
  return [...summary(plan), ...steps, ...reasons.flatMap((reason) => leftOut(plan.skipped, reason))].join('\n');
}

/** One line that says what the plan comes to. */
function summary({ steps, summary: { before, after } }: OptimizerPlan): string[] {
  if (steps.length === 0) return [];
  const bytes = (base: number | undefined) => (base === undefined ? '' : ` on a base of ${aboutBytes(base)}`);
  const layers = (count: number) => countOf(count, 'layer');
  const rebuilt =
    before.rebuiltSteps === after.rebuiltSteps
      ? ''
      : `; a changed source file runs ${countOf(after.rebuiltSteps, 'RUN')} again, not ${before.rebuiltSteps}`;
  return [
    `${layers(before.layers)}${bytes(before.baseBytes)} → ${layers(after.layers)}${bytes(after.baseBytes)}${rebuilt}`,
  ];
}

const HEADINGS: Readonly<Record<SkippedStep['reason'], string>> = {
  guard: 'Considered and left out:',
  unsafe: 'With a higher --level also:',
  manual: 'By hand:',
  conflict: 'Left out, in the way of another step:',
  'changes-meaning': 'Left out, the file would mean something else:',
  'did-not-converge': 'Left out, it would never come to an end:',
};

function leftOut(skipped: readonly SkippedStep[], reason: SkippedStep['reason']): string[] {
  const lines = skipped
    .filter((step) => step.reason === reason)
    .map(({ title, guard, id }) => `  - ${title}${guard === undefined ? '' : `: ${guard}`} [${id}]`);
  return lines.length === 0 ? [] : [HEADINGS[reason], ...lines];
}

function toJson({ steps, skipped, files, summary }: OptimizerPlan) {
  return {
    steps: steps.map(({ id, title, safety, reason, risk, impact, files: written }) => ({
      id,
      title,
      safety,
      reason,
      ...(risk === undefined ? {} : { risk }),
      ...(impact?.bytes === undefined ? {} : { impactBytes: impact.bytes }),
      ...(impact?.rebuiltSteps === undefined ? {} : { rebuiltSteps: impact.rebuiltSteps }),
      ...(written === undefined ? {} : { files: written.map(({ path }) => path) }),
    })),
    skipped: skipped.map(({ id, title, reason, guard }) => ({
      id,
      title,
      reason,
      ...(guard === undefined ? {} : { guard }),
    })),
    files: files.map(({ path, before, after }) => ({ path, ...(before === undefined ? {} : { before }), after })),
    summary,
  };
}
