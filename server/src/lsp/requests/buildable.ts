import type { Localize } from '../../l10n/localize';
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
  const [analysis] = session.analysesIn(uri);
  if (analysis?.inside) return failed(builtByHost(localize));
  if (!session.isTrusted) return failed(localize('Images can be built only in trusted workspaces'));
  return analysis ? { ok: true, analysis } : failed(localize('There is no Dockerfile to build'));
}

/** They also choose its platform and secrets. */
export function builtByHost(localize: Localize): string {
  return localize('A Dockerfile inside another file is not built from here: Compose or Bake builds its image');
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
