import { PLAN_MARKDOWN, planText } from '../../optimizer/planText';
import type { OptimizeParams, PlanMarkdown } from '../../protocol';
import type { Session } from '../session';
import { analysisFor, createPlanFor } from './optimize';

/** A plan for a comment on a pull request, as `optimize --format markdown` writes it. */
export function planMarkdown(session: Session, params: OptimizeParams): PlanMarkdown | null {
  const analysis = analysisFor(session, params);
  if (!analysis) return null;
  return { markdown: planText(createPlanFor(session, analysis, params), PLAN_MARKDOWN, session.engine.localize) };
}
