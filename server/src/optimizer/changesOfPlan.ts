import { applyEdits } from '../text/edits';
import type { NewFile, OptimizerPlan } from './plan';

/** One step of a plan, with the Dockerfile and the other files as they are after it. */
export interface PlanChange {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly files: readonly NewFile[];
  readonly replacesProgram: boolean;
}

/** The steps of a plan, each with the files as they are after it. */
export function changesOfPlan({ before, steps }: OptimizerPlan): PlanChange[] {
  const files = new Map<string, NewFile>();
  let text = before;
  return steps.map((step) => {
    text = applyEdits(text, step.edits);
    for (const file of step.files ?? []) files.set(file.path, file);
    const { id, title, replacesProgram = false } = step;
    return { id, title, text, files: [...files.values()], replacesProgram };
  });
}
