import type { Site } from '../site';
import { startInstructions } from './startInstructions';

/** The text of ENTRYPOINT and CMD; if the file has neither, what Compose starts. */
export function startLines({ stage, services }: Site): readonly string[] {
  const nodes = startInstructions(stage);
  return nodes.length > 0 ? nodes.map(({ bodyText }) => bodyText) : services.flatMap(({ starts }) => starts);
}
