import { type ChangeHistory, changeHistory } from '../app/changeHistory';
import { dockerignoreOf, isIgnoreFile } from '../app/ignoreFile';
import { parseDockerignore } from '../engine/dockerignore';
import type { Engine } from '../engine/engine';
import { createPlan } from './createPlan';
import type { PlanOptions } from './plan';

/** What commits cost with the file as it is, and in the order of its plan. */
export interface PlannedHistory extends ChangeHistory {
  /** As many commits as there are, up to the limit. */
  readonly commits: number;
  /** RUN instructions that would have run again with the plan; undefined: not fewer. */
  readonly plannedRuns?: number;
}

export function plannedHistory(
  engine: Engine,
  text: string,
  options: PlanOptions,
  commits: readonly (readonly string[])[],
): PlannedHistory {
  const { buildContext } = options;
  const ignore = buildContext && dockerignoreOf(buildContext);
  const now = changeHistory(engine.lint(text, options).dockerfile, commits, ignore);
  const plan = createPlan(engine, text, options);
  const written = plan.files.find(({ path }) => isIgnoreFile(path));
  const planned = changeHistory(
    engine.lint(plan.after, options).dockerfile,
    commits,
    written ? parseDockerignore(written.after) : ignore,
  );
  return { commits: commits.length, ...now, ...(planned.runs < now.runs ? { plannedRuns: planned.runs } : {}) };
}
