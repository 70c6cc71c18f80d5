import { randomUUID } from 'node:crypto';
import type { Outcome } from '../../reports/outcome';
import type { BuildRequest, ContainerEngine } from './engine';

/** Builds an image for as long as `use` needs it: it is removed afterwards, also after a failure or a cancel. */
export async function withImage<T>(
  engine: ContainerEngine,
  request: Omit<BuildRequest, 'tag'>,
  use: (tag: string) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  const tag = `localhost/dockerfile-optimizer-${randomUUID()}:measured`;
  let isBuilt = false;
  try {
    const built = await engine.build({ ...request, tag });
    isBuilt = built.ok;
    return built.ok ? await use(tag) : built;
  } finally {
    const removed = await engine.remove(tag);
    // With the engine gone its image is left: the user is told which.
    if (isBuilt && !removed.ok) request.onOutput?.(`${removed.reason}\n`);
  }
}
