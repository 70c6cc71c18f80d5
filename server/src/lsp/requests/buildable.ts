import type { Failed } from '../../protocol';
import type { Analysis } from '../analyses';
import type { Session } from '../session';

/** A document whose image may be built. */
export interface Buildable {
  readonly ok: true;
  readonly analysis: Analysis;
}

/** Call it when the client's settings have arrived: they name the engine. */
export function buildable(session: Session, uri: string): Buildable | Failed {
  const { localize } = session.engine;
  if (!session.isTrusted) return failed(localize('Images can be built only in trusted workspaces'));
  const analysis = session.analysisOf(uri);
  return analysis ? { ok: true, analysis } : failed(localize('There is no Dockerfile to build'));
}

export function failed(reason: string): Failed {
  return { ok: false, reason };
}

/** How to build the image of a document, for any request that does. Undefined: it is not on this machine. */
export function buildRequest(
  { connection, engine, host, settings }: Session,
  { uri, text, contextFolder, config }: Analysis,
) {
  if (contextFolder === undefined) return undefined;
  const { targetStage, buildArgs } = config.settings;
  return {
    text,
    dockerfilePath: host.pathOf(uri),
    contextFolder,
    targetStage,
    buildArgs,
    engine: settings.engine,
    buildOptions: settings.buildOptions,
    localize: engine.localize,
    onOutput: (output: string) => void connection.sendNotification('dockerfile/engineOutput', { text: output }),
  };
}
