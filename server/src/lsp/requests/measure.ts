import type { CancellationToken, Connection } from 'vscode-languageserver';
import { parseDockerfile } from '../../dockerfile/parse';
import type { Engine } from '../../engine/engine';
import type { MeasuredWaste } from '../../engine/measured';
import type { Host } from '../../host/host';
import type { Measurement } from '../../images/measurement';
import type { EngineOutputParams, MeasureParams, MeasureResult } from '../../protocol';
import type { Analysis } from '../documents';
import type { Settings } from '../settings';
import { createTaskQueue } from '../taskQueue';

/** What was measured of a document's text. */
export interface Measured {
  readonly before: Measurement;
  /** What Optimize Dockerfile made of it. */
  readonly after: { readonly text: string; readonly measurement: Measurement } | undefined;
}

export interface Measurements {
  /** Builds and measures a document as it is in the editor; undefined: there is none. Never rejects. */
  run(
    analysis: Analysis | undefined,
    params: MeasureParams,
    settings: Settings,
    isTrusted: boolean,
    token: CancellationToken,
  ): Promise<MeasureResult>;
  /** The last measurement, as long as the text is the same. */
  of(uri: string, text: string): Measured | undefined;
  wasteOf(uri: string, text: string): readonly MeasuredWaste[] | undefined;
  forget(uri: string): void;
  /** Cancels what is being built and waits until it is cleaned up. */
  dispose(): Promise<void>;
}

/** Measures documents, one after the other, and keeps what came of it. */
export function createMeasurements(connection: Connection, host: Host, engine: Engine): Measurements {
  const known = new Map<string, { readonly text: string; readonly measured: Measured }>();
  const queue = createTaskQueue();
  const { localize } = engine;
  const fail = (reason: string): MeasureResult => ({ ok: false, reason });

  const measure = async (
    analysis: Analysis,
    isCompared: boolean,
    settings: Settings,
    signal: AbortSignal,
  ): Promise<MeasureResult> => {
    const { uri, text, config, contextFolder, buildContext } = analysis;
    if (!host.measure || contextFolder === undefined) return fail(localize('Only files on this machine can be built'));
    const { level, preferCacheMounts, buildOptions } = settings;
    const plan = isCompared
      ? (await import('../later')).planToMeasure(engine, text, {
          config,
          buildContext,
          level,
          preferCacheMounts,
          hasBuildKit: host.hasBuildKit(),
        })
      : undefined;
    if (plan?.obstacle !== undefined) return fail(plan.obstacle);
    const request = {
      targetStage: config.settings.targetStage,
      buildArgs: config.settings.buildArgs,
      engine: settings.engine,
      buildOptions,
      localize,
      signal,
      onOutput: (output: string) => {
        const params: EngineOutputParams = { text: output };
        connection.sendNotification('dockerfile/engineOutput', params);
      },
    };
    const before = await host.measure({ ...request, contextFolder, text });
    if (!before.ok) return before;
    const after = plan && (await host.measure({ ...request, contextFolder, text: plan.after, ignore: plan.ignore }));
    if (after && !after.ok) return after;
    known.set(uri, {
      text,
      measured: { before: before.value, after: plan && after && { text: plan.after, measurement: after.value } },
    });
    return { ok: true, before: before.value, ...(after ? { after: after.value } : {}) };
  };

  const of = (uri: string, text: string): Measured | undefined => {
    const last = known.get(uri);
    return last?.text === text ? last.measured : undefined;
  };
  return {
    of,
    async run(analysis, { compare = false }, settings, isTrusted, token) {
      if (!isTrusted) return fail(localize('Images can be built only in trusted workspaces'));
      if (!analysis) return fail(localize('There is no Dockerfile to build'));
      // One build at a time: they would only take the machine from each other.
      return queue.run(token, (signal) => measure(analysis, compare, settings, signal));
    },
    wasteOf(uri, text) {
      const measured = of(uri, text);
      if (!measured) return undefined;
      const places = new Map(parseDockerfile(text).instructions.map(({ span }, index) => [span.start, index]));
      return measured.before.layers.flatMap(({ span, wastedBytes, caches }) => {
        const instruction = span && places.get(span.start);
        return instruction === undefined ? [] : [{ instruction, wastedBytes, caches }];
      });
    },
    forget: (uri) => known.delete(uri),
    dispose: () => queue.dispose(),
  };
}
