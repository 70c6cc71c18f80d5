import type { Outcome } from '../../reports/outcome';
import type { BuildRequest, ContainerEngine } from './engine';
import { ownedName } from './owner';

/** Builds an image and removes it after `use`, even after a failure or a cancel. */
export async function withImage<T>(
  engine: ContainerEngine,
  request: Omit<BuildRequest, 'tag'>,
  use: (tag: string) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  const tag = `localhost/${ownedName()}:measured`;
  let isBuilt = false;
  try {
    const built = await engine.build({ ...request, tag });
    isBuilt = built.ok;
    return built.ok ? await use(tag) : built;
  } finally {
    const removed = await engine.remove(tag);
    // If the engine is gone, the image stays: show the user which one.
    if (isBuilt && !removed.ok) request.onOutput?.(`${removed.reason}\n`);
  }
}
