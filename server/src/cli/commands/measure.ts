import { defaultRuleSettings } from '../../engine/ruleSettings';
import { findEngine } from '../../images/engines/findEngine';
import { measureDockerfile, measureFile, measureImage } from '../../images/measureDockerfile';
import { type MeasuredPlan, planToMeasure } from '../../optimizer/planToMeasure';
import { type Excess, excessOf } from '../../reports/budget';
import type { Measurement } from '../../reports/measurement';
import type { Outcome } from '../../reports/outcome';
import { engineChoiceOf } from '../engineChoice';
import { Failure } from '../failure';
import { htmlReport } from '../formatters/htmlReport';
import { printJson } from '../formatters/json';
import { measurementText } from '../formatters/measurementText';
import { portablePath } from '../formatters/reporter';
import { imageBuildOf } from '../imageBuild';
import { oneDockerfile, type Source } from '../oneDockerfile';
import type { Session } from '../session';
import { tellProblem } from '../tellProblem';

interface Result {
  readonly before: Measurement;
  readonly after?: Measurement;
  readonly plan?: MeasuredPlan;
}

/** Builds, measures and removes an image, or measures an existing one. */
export async function measure(session: Session): Promise<number> {
  const source = sourceOf(session);
  const result = await session.interruptible((signal) => measured(session, source, signal));
  if (!result.ok) return tellProblem(session, source?.path ?? session.options.measure.archivePath, result);
  const { budget } = session.lintOptions(source?.path ?? 'Dockerfile').config?.settings ?? defaultRuleSettings;
  const { isBudgetKept } = session.options.measure;
  if (isBudgetKept && !budget)
    throw new Failure(session.engine.localize('--fail-on budget: no budget in the configuration'));
  const excess = budget ? excessOf(result.value.before, budget) : undefined;
  print(session, source, result.value, excess);
  return isBudgetKept && excess && excess.length > 0 ? 1 : 0;
}

/** Undefined when an image is measured and no Dockerfile is given. */
function sourceOf(session: Session): Source | undefined {
  const { operands, measure: wanted } = session.options;
  const isImage = wanted.image !== undefined || wanted.archivePath !== undefined;
  return operands.length === 0 && isImage ? undefined : oneDockerfile(session);
}

async function measured(session: Session, source: Source | undefined, signal: AbortSignal): Promise<Outcome<Result>> {
  const { engine, options } = session;
  const { localize } = engine;
  const { measure: wanted } = options;
  const lintOptions = session.lintOptions(source?.path ?? 'Dockerfile');
  const { targetStage, buildArgs } = lintOptions.config?.settings ?? defaultRuleSettings;
  const facts = source
    ? { localize, dockerfile: { text: source.text, targetStage, buildArgs, isBuilt: false } }
    : { localize };
  const onOutput = session.err;
  if (wanted.archivePath !== undefined) {
    const name = wanted.archivePath;
    return one(await measureFile(name, { ...facts, image: name, engine: '' }, signal));
  }
  if (wanted.image !== undefined) {
    const found = await findEngine(engineChoiceOf(options.engine), localize, signal);
    if (!found.ok) return found;
    const about = { ...facts, image: wanted.image, engine: found.value.kind };
    return one(await measureImage(found.value, about, { signal, onOutput }));
  }
  if (!source) throw new Error('neither an image nor a Dockerfile');
  const request = { ...imageBuildOf(session, source), onOutput };
  const plan = planToMeasure(engine, source.text, {
    ...lintOptions,
    ...options,
    hasBuildKit: session.host.hasBuildKit(),
  });
  if (wanted.isCompare && plan.obstacle !== undefined) return { ok: false, reason: plan.obstacle };
  const before = await measureDockerfile(request, signal);
  if (!before.ok) return before;
  if (!wanted.isCompare) return { ok: true, value: { before: before.value, plan } };
  const after = await measureDockerfile({ ...request, text: plan.after, ignore: plan.ignore }, signal);
  return after.ok ? { ok: true, value: { before: before.value, after: after.value, plan } } : after;
}

function one(outcome: Outcome<Measurement>): Outcome<Result> {
  return outcome.ok ? { ok: true, value: { before: outcome.value } } : outcome;
}

function print(
  session: Session,
  source: Source | undefined,
  { before, after, plan }: Result,
  excess: readonly Excess[] | undefined,
): void {
  const estimate = plan && {
    ...(plan.estimate.before === undefined ? {} : { before: plan.estimate.before }),
    ...(plan.estimate.after === undefined || !after ? {} : { after: plan.estimate.after }),
  };
  const name = source ? portablePath(source.path) : before.image;
  if (session.options.format === 'json')
    printJson(session, {
      version: 1,
      ...(source ? { path: name } : {}),
      before,
      ...(after ? { after } : {}),
      ...(estimate ? { estimate } : {}),
      ...(excess ? { overBudget: excess.map(({ layer, ...figures }) => ({ ...figures, line: layer.line })) } : {}),
    });
  else if (session.options.format === 'html')
    session.out(
      htmlReport(session, {
        kind: 'measure',
        name,
        before,
        ...(after ? { after } : {}),
        ...(estimate ? { estimate } : {}),
      }),
    );
  else session.out(measurementText(session, { name, before, after, estimate, excess }));
}
