import type { Site } from '../site';
import { startInstructions } from './startInstructions';

/** What ENTRYPOINT and CMD say, or, where the file has none of them, what Compose starts. */
export function startLines({ stage, services }: Site): readonly string[] {
  const nodes = startInstructions(stage);
  return nodes.length > 0 ? nodes.map(({ bodyText }) => bodyText) : services.flatMap(({ starts }) => starts);
}
