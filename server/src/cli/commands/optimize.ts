import type { LintOptions } from '../../engine/engine';
import { changesOfPlan } from '../../optimizer/changesOfPlan';
import { createPlan } from '../../optimizer/createPlan';
import type { OptimizerPlan } from '../../optimizer/plan';
import { planText } from '../../optimizer/planText';
import { planJson } from '../formatters/planJson';
import type { Session } from '../session';
import { styleOf } from '../style';
import { rewriteFiles } from './rewrite';
import type { Rewritten } from './rewritten';

/** Shows, prints or writes the optimized files, with the plan. */
export async function optimize(session: Session): Promise<number> {
  if (session.options.verify.isOn) {
    // Without it, neither engines nor YAML are loaded.
    const { verifyFile } = await import('./verify');
    return verifyFile(session, (path, text, without) => {
      const plan = planFor(session, text, session.lintOptions(path), without);
      return { changes: changesOfPlan(plan), result: rewritten(session, plan) };
    });
  }
  return rewriteFiles(session, (_, text, options) => rewritten(session, planFor(session, text, options)));
}

function planFor(session: Session, text: string, options: LintOptions, without?: ReadonlySet<string>): OptimizerPlan {
  return createPlan(session.engine, text, {
    ...options,
    ...session.planOptions,
    hasBuildKit: session.host.hasBuildKit(),
    ...(without ? { without } : {}),
  });
}

function rewritten(session: Session, plan: OptimizerPlan): Rewritten {
  return {
    after: plan.after,
    files: plan.files,
    report: planText(plan, styleOf(session), session.engine.localize),
    json: planJson(plan),
  };
}
