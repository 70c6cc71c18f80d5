import { changesOfPlan } from '../../optimizer/changesOfPlan';
import { createPlan } from '../../optimizer/createPlan';
import type { OptimizerPlan } from '../../optimizer/plan';
import { planText } from '../../optimizer/planText';
import { planJson } from '../formatters/planJson';
import type { Session } from '../session';
import { styleOf } from '../style';
import { type Rewritten, rewriteFiles } from './rewrite';

/** Shows, prints or writes the optimized files, with the plan. */
export async function optimize(session: Session): Promise<number> {
  if (session.options.verify.isOn) {
    // Without it, neither engines nor YAML are loaded.
    const { verifyFile } = await import('./verify');
    return verifyFile(session, (path, text, without) => {
      const plan = planFor(session, path, text, without);
      return { changes: changesOfPlan(plan), result: rewritten(session, plan) };
    });
  }
  return rewriteFiles(session, (path, text) => rewritten(session, planFor(session, path, text)));
}

function planFor(session: Session, path: string, text: string, without?: ReadonlySet<string>): OptimizerPlan {
  return createPlan(session.engine, text, {
    ...session.planOptions(path),
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
