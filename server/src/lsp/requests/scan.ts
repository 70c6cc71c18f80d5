import type { CancellationToken } from 'vscode-languageserver';
import type { ScanParams, ScanResult } from '../../protocol';
import type { Analysis } from '../analyses';
import type { Session } from '../session';
import { builtByHost, failed } from './buildable';
import { analysisFor } from './optimize';

/** Scans the base images of a document or the image that it builds, and keeps the reports. */
export async function scan(session: Session, params: ScanParams, token: CancellationToken): Promise<ScanResult> {
  const { uri, what, isKept } = params;
  // The settings name the scanner.
  await session.settled;
  const { localize } = session.engine;
  const analysis = analysisFor(session, params);
  if (isKept) return { ok: true, reports: analysis ? session.scans.reportsOn(uri, analysis.dockerfile) : [] };
  if (!session.isTrusted) return failed(localize('Scanners run only in trusted workspaces'));
  if (!analysis) return failed(localize('There is no Dockerfile to scan'));
  if (analysis.inside && what === 'built') return failed(builtByHost(localize));
  // One at a time: the scanners share a database, and some lock it.
  const result = await session.scanning.run(token, (signal) => scanImages(session, analysis, what, signal));
  if (result.ok) session.showScanned();
  return result;
}

async function scanImages(
  { connection, host, engine: { localize }, settings, keptScans, scans, workspace }: Session,
  { uri, text, config, contextFolder, dockerfile }: Analysis,
  what: ScanParams['what'],
  signal: AbortSignal,
): Promise<ScanResult> {
  if (!host.scanDockerfile) return failed(localize('A browser cannot run scanner programs'));
  if (what === 'built' && contextFolder === undefined)
    return failed(localize('Only files on this machine can be built'));
  const outcome = await host.scanDockerfile(
    {
      what,
      name: workspace.nameOf(uri),
      text,
      dockerfilePath: host.pathOf(uri),
      contextFolder: contextFolder ?? '',
      targetStage: config.settings.targetStage,
      buildArgs: config.settings.buildArgs,
      contexts: config.settings.contexts,
      engine: settings.engine,
      buildOptions: settings.buildOptions,
      scanner: settings.scanner,
      localize,
      onOutput: (output) => void connection.sendNotification('dockerfile/engineOutput', { text: output }),
    },
    signal,
  );
  if (!outcome.ok) return outcome;
  const { reports, layers } = outcome.value;
  if (what === 'base') keptScans.keepBase(reports);
  else for (const report of reports) keptScans.keepBuilt(uri, dockerfile, report, layers);
  return { ok: true, reports: scans.withoutIgnored(uri, reports) };
}
