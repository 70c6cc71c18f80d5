import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { parseDockerfile } from '../dockerfile/parse';
import { now } from '../host/clock.node';
import type { ContainerEngine } from './engines/engine';
import { findEngine } from './engines/findEngine';
import type { Outcome } from './engines/outcome';
import { withImage } from './engines/withImage';
import { findScanner } from './scanners/findScanner';
import { scanBaseImages } from './scanners/scanImages';
import type { Scanner } from './scanners/scanner';
import { withTemporaryFolder } from './scanners/temporaryFolder';
import type { ScanReport } from './scanReport';
import type { ScanDockerfile, ScanRequest } from './scanRequest';

/** Scans the images that a Dockerfile is built on, or builds, scans and removes the one that it makes. Never rejects. */
export const scanDockerfile: ScanDockerfile = async (request) => {
  const { localize, signal, onOutput } = request;
  const engineOf = () => findEngine(request.engine, localize, signal);
  try {
    const scanner = await findScanner(request.scanner, { localize, now }, engineOf);
    if (!scanner.ok) return scanner;
    if (request.what === 'base')
      return await scanBaseImages(
        scanner.value,
        parseDockerfile(request.text, request),
        { signal, onOutput },
        localize,
      );
    const engine = await engineOf();
    if (!engine.ok) return engine;
    const report = await scanBuilt(engine.value, scanner.value, request);
    return report.ok ? { ok: true, value: [report.value] } : report;
  } catch (error) {
    if (signal.aborted) return { ok: false, reason: localize('Cancelled'), isCancelled: true };
    return { ok: false, reason: error instanceof Error ? error.message : String(error) };
  }
};

/** By way of an archive: whatever the engine is, every scanner can read it, and none needs to speak to the engine. */
async function scanBuilt(
  engine: ContainerEngine,
  scanner: Scanner,
  request: ScanRequest,
): Promise<Outcome<ScanReport>> {
  const { text, contextFolder, buildArgs, targetStage, buildOptions, name, signal, onOutput } = request;
  const build = { text, contextFolder, buildArgs, target: targetStage, options: buildOptions, signal, onOutput };
  return withTemporaryFolder((folder) =>
    withImage(engine, build, async (tag) => {
      const archivePath = join(folder, 'image.tar');
      const saved = await engine.save(tag, { signal, onOutput }, (archive) =>
        pipeline(archive, createWriteStream(archivePath)),
      );
      return saved.ok ? scanner.scan({ image: name, archivePath }, { signal, onOutput }) : saved;
    }),
  );
}
