import type { OptimizerPlan } from '../../optimizer/plan';

/** A plan for programs. */
export function planJson({ steps, skipped, files, summary }: OptimizerPlan) {
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
    // Programs that read this JSON know it as `guard`.
    skipped: skipped.map((step) => ({ ...step, ...(step.reason === 'guard' ? { guard: step.why } : {}) })),
    files: files.map(({ path, before, after }) => ({ path, ...(before === undefined ? {} : { before }), after })),
    summary,
  };
}
