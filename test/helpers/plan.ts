import { createAnalyzer } from '../../server/src/analyzer';
import { defaultConfig, resolveConfig } from '../../server/src/engine/config';
import type { ServiceRun } from '../../server/src/engine/serviceRun';
import { createPlan } from '../../server/src/optimizer/createPlan';
import type { Level } from '../../server/src/optimizer/levels';
import type { OptimizerPlan, PlanOptions } from '../../server/src/optimizer/plan';
import { buildContextOf } from './buildContext';

export const analyzer = createAnalyzer();

/** The plan for a Dockerfile with these files next to it. */
export function planFor(
  dockerfile: string,
  files: Readonly<Record<string, string>>,
  {
    level = 'recommended',
    unlisted = [],
    services = [],
    targetStage,
    isForDevelopment = false,
    ...mounts
  }: {
    level?: Level;
    unlisted?: readonly string[];
    services?: readonly Partial<ServiceRun>[];
    targetStage?: string;
    isForDevelopment?: boolean;
  } & Pick<PlanOptions, 'preferCacheMounts' | 'hasBuildKit'> = {},
): OptimizerPlan {
  const buildContext = buildContextOf({ Dockerfile: dockerfile, ...files }, true, unlisted);
  const config = resolveConfig(defaultConfig, analyzer.rules, 'Dockerfile');
  const runs = services.map((service) => ({ mounts: [], starts: [], isPrivileged: false, ...service }));
  return createPlan(analyzer, dockerfile, {
    level,
    buildContext,
    ...mounts,
    config: { ...config, settings: { ...config.settings, services: runs, targetStage, isForDevelopment } },
  });
}

/** Why a step was skipped by a guard. */
export function guardOf(plan: OptimizerPlan, id: string): string | undefined {
  return plan.skipped.find((step) => step.id === id && step.reason === 'guard')?.why;
}
