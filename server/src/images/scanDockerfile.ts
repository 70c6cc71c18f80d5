import { join } from 'node:path';
import { parseDockerfile } from '../dockerfile/parse';
import type { MadeLayer } from '../reports/keptScans';
import type { Outcome } from '../reports/outcome';
import type { Scanned, ScanRequest } from '../reports/scanRequest';
import { now } from '../system/clock';
import type { ContainerEngine } from './engines/engine';
import { findEngine } from './engines/findEngine';
import { withImage } from './engines/withImage';
import { measureFile } from './measureDockerfile';
import { findScanner } from './scanners/findScanner';
import { scanBaseImages } from './scanners/scanImages';
import type { Scanner } from './scanners/scanner';
import { withTemporaryFolder } from './scanners/temporaryFolder';
import { writeParts } from './writeParts';

/** Scans the base images of a Dockerfile, or builds, scans and removes its own image. Never rejects. */
export async function scanDockerfile(request: ScanRequest, signal: AbortSignal): Promise<Outcome<Scanned>> {
  const { localize, onOutput } = request;
  const engineOf = () => findEngine(request.engine, localize, signal);
  try {
    const scanner = await findScanner(request.scanner, { localize, now }, engineOf);
    if (!scanner.ok) return scanner;
    if (request.what === 'base') {
      const dockerfile = parseDockerfile(request.text, request);
      const reports = await scanBaseImages(scanner.value, dockerfile, { signal, onOutput }, localize);
      return reports.ok ? { ok: true, value: { reports: reports.value, layers: [] } } : reports;
    }
    const engine = await engineOf();
    return engine.ok ? await scanBuilt(engine.value, scanner.value, request, signal) : engine;
  } catch (error) {
    if (signal.aborted) return { ok: false, reason: localize('Cancelled'), isCancelled: true };
    return { ok: false, reason: error instanceof Error ? error.message : String(error) };
  }
}

/** Uses an archive: every scanner can read it, whatever the engine is, and none needs access to the engine. */
async function scanBuilt(
  engine: ContainerEngine,
  scanner: Scanner,
  request: ScanRequest,
  signal: AbortSignal,
): Promise<Outcome<Scanned>> {
  const { text, dockerfilePath, contextFolder, buildArgs, targetStage, buildOptions, name, onOutput } = request;
  const files = { text, dockerfilePath, contextFolder };
  const build = { ...files, buildArgs, target: targetStage, options: buildOptions, signal, onOutput };
  return withTemporaryFolder((folder) =>
    withImage(engine, build, async (tag) => {
      const archivePath = join(folder, 'image.tar');
      const saved = await engine.save(tag, { signal, onOutput }, (archive) => writeParts(archivePath, archive));
      if (!saved.ok) return saved;
      const report = await scanner.scan({ image: name, archivePath }, { signal, onOutput });
      if (!report.ok) return report;
      const layers = await layersOf(archivePath, engine, request, signal);
      return { ok: true, value: { reports: [report.value], layers } };
    }),
  );
}

/** Empty if the layers are not known: all vulnerabilities are then assigned to the FROM. */
async function layersOf(
  archivePath: string,
  engine: ContainerEngine,
  { text, targetStage, buildArgs, name, localize }: ScanRequest,
  signal: AbortSignal,
): Promise<readonly MadeLayer[]> {
  const dockerfile = { text, targetStage, buildArgs, isBuilt: true };
  const measured = await measureFile(archivePath, { image: name, engine: engine.kind, dockerfile, localize }, signal);
  if (!measured.ok) return [];
  return measured.value.layers.flatMap(({ digest, span }) => (span ? [{ digest, span }] : []));
}
