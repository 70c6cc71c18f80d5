import { isIgnoreFile } from '../app/ignoreFile';
import type { Engine, LintOptions } from '../engine/engine';
import { createPlan } from './createPlan';
import type { CacheMounts, Comments, Level } from './levels';

/** The result of Optimize Dockerfile for a file, ready to be built for comparison. */
export interface MeasuredPlan {
  readonly after: string;
  /** The `.dockerignore` that the plan writes; undefined: none. */
  readonly ignore: string | undefined;
  /** Why it cannot be built next to the user's files; undefined if it can. */
  readonly obstacle: string | undefined;
  readonly estimate: { readonly before: number | undefined; readonly after: number | undefined };
}

export interface PlanToMeasureOptions extends Pick<LintOptions, 'buildContext' | 'config'> {
  readonly level: Level;
  readonly preferCacheMounts: CacheMounts;
  readonly comments: Comments;
  readonly hasBuildKit: boolean;
}

export function planToMeasure(engine: Engine, text: string, options: PlanToMeasureOptions): MeasuredPlan {
  const { config, buildContext, level, preferCacheMounts, comments, hasBuildKit } = options;
  const { after, files, summary } = createPlan(engine, text, {
    config,
    buildContext,
    level,
    preferCacheMounts,
    comments,
    hasBuildKit,
  });
  const other = files.find(({ path }) => !isIgnoreFile(path));
  return {
    after,
    ignore: files.find(({ path }) => isIgnoreFile(path))?.after,
    obstacle:
      other && engine.localize('The plan writes {path}, which must exist before the build', { path: other.path }),
    estimate: { before: summary.before.imageBytes, after: summary.after.imageBytes },
  };
}
