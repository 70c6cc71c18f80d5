import type { CancellationToken, Connection, InitializeParams } from 'vscode-languageserver';
import type { Engine } from '../../engine/engine';
import type { Host } from '../../host/host';
import { KeptScans } from '../../images/reports/keptScans';
import type { EngineOutputParams, ScanParams, ScanResult } from '../../protocol';
import { createDocumentScans, type DocumentScans } from '../documentScans';
import type { Analysis } from '../documents';
import type { Settings } from '../settings';
import { createTaskQueue } from '../taskQueue';
import { createWorkspace } from '../workspace';

export interface Scans {
  /** What earlier scans have found. */
  readonly found: DocumentScans;
  /** Scans what a document is built on or makes, and keeps what was found; undefined: there is none. Never rejects. */
  run(
    analysis: Analysis | undefined,
    params: ScanParams,
    settings: Settings,
    isTrusted: boolean,
    token: CancellationToken,
  ): Promise<ScanResult>;
  /** Cancels what is being scanned and waits until it is cleaned up. */
  dispose(): Promise<void>;
}

export interface ScansSetup {
  readonly connection: Connection;
  readonly host: Host;
  readonly engine: Engine;
  readonly params: InitializeParams;
  readonly cacheFolder: string | undefined;
  readonly settings: () => Settings;
}

/** Scans images, one after the other, and keeps what came of it. */
export function createScans({ connection, host, engine, params, cacheFolder, settings: current }: ScansSetup): Scans {
  const { localize } = engine;
  const workspace = createWorkspace(host, params);
  const kept = new KeptScans(host.openStore('scans', cacheFolder));
  const queue = createTaskQueue();
  const fail = (reason: string): ScanResult => ({ ok: false, reason });
  const found = createDocumentScans({
    kept,
    localize,
    ignoreFilesOf(uri) {
      const folder = workspace.folderOf(uri);
      return folder === undefined ? [] : host.findIgnoreFiles(folder, workspace.topOf(uri) ?? folder);
    },
    threshold: () => current().scannerSeverity,
  });

  const scan = async (
    { uri, text, config, contextFolder, dockerfile }: Analysis,
    what: ScanParams['what'],
    { scanner, engine: choice, buildOptions }: Settings,
    signal: AbortSignal,
  ): Promise<ScanResult> => {
    if (!host.scanDockerfile) return fail(localize('A browser cannot run scanner programs'));
    if (what === 'built' && contextFolder === undefined)
      return fail(localize('Only files on this machine can be built'));
    const outcome = await host.scanDockerfile({
      what,
      name: workspace.nameOf(uri),
      text,
      contextFolder: contextFolder ?? '',
      targetStage: config.settings.targetStage,
      buildArgs: config.settings.buildArgs,
      contexts: config.settings.contexts,
      engine: choice,
      buildOptions,
      scanner,
      localize,
      signal,
      onOutput(output) {
        connection.sendNotification('dockerfile/engineOutput', { text: output } satisfies EngineOutputParams);
      },
    });
    if (!outcome.ok) return outcome;
    const { reports, layers } = outcome.value;
    if (what === 'base') kept.keepBase(reports);
    else for (const report of reports) kept.keepBuilt(uri, dockerfile, report, layers);
    return { ok: true, reports: found.withoutIgnored(uri, reports) };
  };

  return {
    found,
    async run(analysis, { what, isKept }, settings, isTrusted, token) {
      if (isKept) return { ok: true, reports: analysis ? found.reportsOn(analysis.uri, analysis.dockerfile) : [] };
      if (!isTrusted) return fail(localize('Scanners run only in trusted workspaces'));
      if (!analysis) return fail(localize('There is no Dockerfile to scan'));
      // One at a time: the scanners share a database, and some lock it.
      return queue.run(token, (signal) => scan(analysis, what, settings, signal));
    },
    dispose: () => queue.dispose(),
  };
}
