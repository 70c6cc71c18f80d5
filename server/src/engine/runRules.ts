import type { DockerfileModel } from '../dockerfile/model';
import type { EffectiveConfig } from './config';
import { Interests } from './interests';
import type { LintSetup } from './lintSetup';
import { instructionParts, type Part, stageParts } from './parts';
import type { AnyRule, Finding, RuleScope, Severity } from './rule';
import { RuleRun } from './ruleRun';
import { failsOnChecks, isBuildKitName } from './suppressions';
import { Walker } from './walk';

export interface Runs {
  readonly runs: readonly RuleRun[];
  /** Only from rules that did not fail. */
  readonly findings: readonly Finding[];
}

/** Runs each rule on the parts that its scope allows; with a memory, only on what is new. */
export function runRules(dockerfile: DockerfileModel, setup: LintSetup): Runs {
  const { memory } = setup;
  const found: Finding[] = [];
  const visitors = createRuns(dockerfile, setup, found);
  const walkers = walkersFor(setup, visitors);
  const lookAt = (part: Part, scope: RuleScope, visit: () => void): void => {
    if (memory) memory.lookAt(part, scope, found, visit);
    else visit();
  };
  memory?.begin({ config: setup.config, today: setup.knowledge.today });
  for (const part of instructionParts(dockerfile, memory?.nameOf))
    lookAt(part, 'instruction', () => walkers.instruction.visit(part.instruction));
  const stages = stageParts(dockerfile, memory?.nameOf);
  for (const part of stages) lookAt(part, 'stage', () => walkers.stage.visitStage(part));
  for (const part of stages) walkers.file.visitStage(part);
  walkers.file.leaveFile(dockerfile);
  const runs = visitors.filter((run) => run !== undefined);
  const failed = new Set(runs.filter(({ failure }) => failure !== undefined).map(({ rule }) => rule.meta.id));
  memory?.end(failed.size > 0);
  return { runs, findings: failed.size === 0 ? found : found.filter(({ ruleId }) => !failed.has(ruleId)) };
}

/** The entries of rules that are off are undefined. */
function createRuns(dockerfile: DockerfileModel, setup: LintSetup, found: Finding[]): readonly (RuleRun | undefined)[] {
  // With `# check=error=true`, the build stops at findings of BuildKit's checks.
  const hasErrors = failsOnChecks(dockerfile);
  const severities = severitiesOf(setup);
  return setup.rules.map((rule, index) => {
    const severity = severities[index] ?? 'off';
    if (severity === 'off') return undefined;
    const isError = hasErrors && rule.meta.aliases.some(isBuildKitName);
    return new RuleRun(rule, dockerfile, setup, isError ? 'error' : severity, found);
  });
}

/** By configuration: most files of a folder share one. */
const known = new WeakMap<EffectiveConfig, { readonly rules: readonly AnyRule[]; readonly severities: Severities }>();
type Severities = readonly (Severity | 'off')[];

/** In the order of the rules. */
function severitiesOf({ config, rules }: LintSetup): Severities {
  const last = known.get(config);
  if (last?.rules === rules) return last.severities;
  const severities = rules.map(({ meta }) => config.severityOf(meta.id));
  known.set(config, { rules, severities });
  return severities;
}

/** One entry per engine. */
const knownInterests = new WeakMap<readonly AnyRule[], Record<'file' | RuleScope, Interests>>();

function walkersFor(
  { rules, config }: LintSetup,
  visitors: readonly (RuleRun | undefined)[],
): Record<'file' | RuleScope, Walker> {
  let interests = knownInterests.get(rules);
  if (!interests) {
    interests = {
      file: new Interests(rules, undefined),
      stage: new Interests(rules, 'stage'),
      instruction: new Interests(rules, 'instruction'),
    };
    knownInterests.set(rules, interests);
  }
  const { dialect } = config.settings;
  return {
    file: new Walker(visitors, interests.file, dialect),
    stage: new Walker(visitors, interests.stage, dialect),
    instruction: new Walker(visitors, interests.instruction, dialect),
  };
}
