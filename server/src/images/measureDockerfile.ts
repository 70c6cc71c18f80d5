import type { Localize } from '../l10n/localize';
import type { Measurement } from '../reports/measurement';
import type { MeasureRequest } from '../reports/measureRequest';
import type { Outcome, Problem } from '../reports/outcome';
import type { ContainerEngine, RunningOptions } from './engines/engine';
import { findEngine } from './engines/findEngine';
import { withImage } from './engines/withImage';
import { openArchive } from './layers/openArchive';
import { Unreadable } from './layers/unreadable';
import { type ImageFacts, measureArchive } from './measureArchive';

/** Builds, measures and removes an image. Never rejects. */
export function measureDockerfile(request: MeasureRequest, signal: AbortSignal): Promise<Outcome<Measurement>> {
  return withoutThrowing(request.localize, signal, async () => {
    const { text, dockerfilePath, targetStage, buildArgs, buildOptions, localize, onOutput } = request;
    const found = await findEngine(request.engine, localize, signal);
    if (!found.ok) return found;
    const engine = found.value;
    const { contextFolder, ignore } = request;
    const files = { text, dockerfilePath, contextFolder, ignore };
    const build = { ...files, buildArgs, target: targetStage, options: buildOptions };
    return withImage(engine, { ...build, signal, onOutput }, (tag) => {
      const dockerfile = { text, targetStage, buildArgs, isBuilt: true };
      const facts = { image: '', engine: engine.kind, dockerfile, localize };
      return readImage(engine, tag, facts, { signal, onOutput });
    });
  });
}

/** Measures an image in an engine's store. Never rejects. */
export function measureImage(
  engine: ContainerEngine,
  facts: ImageFacts,
  options: RunningOptions,
): Promise<Outcome<Measurement>> {
  return withoutThrowing(facts.localize, options.signal, () => readImage(engine, facts.image, facts, options));
}

function readImage(
  engine: ContainerEngine,
  tag: string,
  facts: ImageFacts,
  options: RunningOptions,
): Promise<Outcome<Measurement>> {
  return engine.save(tag, options, (archive) => measureArchive(archive, facts, options.signal));
}

/** Measures a saved image. Never rejects. */
export function measureFile(path: string, facts: ImageFacts, signal: AbortSignal): Promise<Outcome<Measurement>> {
  return withoutThrowing(facts.localize, signal, async () => {
    const archive = await openArchive(path, signal);
    try {
      return { ok: true, value: await measureArchive(archive, facts, signal) };
    } finally {
      archive.close();
    }
  });
}

async function withoutThrowing<T>(
  localize: Localize,
  signal: AbortSignal,
  work: () => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  try {
    return await work();
  } catch (error) {
    return problemOf(error, localize, signal);
  }
}

function problemOf(error: unknown, localize: Localize, signal: AbortSignal): Problem {
  if (signal.aborted) return { ok: false, reason: localize('Cancelled'), isCancelled: true };
  const reason = error instanceof Unreadable ? localize(error.english, error.data) : reasonOf(error, localize);
  return { ok: false, reason };
}

/** For file system errors in temporary files and archives. */
export function reasonOf(error: unknown, localize: Localize): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC') return localize('No disk space left for temporary files');
  if (code === 'ENOENT') return localize('No such file or folder');
  return message;
}
