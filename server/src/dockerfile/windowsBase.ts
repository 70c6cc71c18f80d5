import { lineage } from './lineage';
import type { Stage } from './model';

/** True when the stage is ultimately built on one of Microsoft's images for Windows containers. */
export function hasWindowsBase(stage: Stage): boolean {
  const base = lineage(stage)[0]?.base;
  return base?.kind === 'image' && /(?:^|\/)windows(?:\/|$)/.test(base.image.repository);
}
