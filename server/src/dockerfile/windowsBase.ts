import { lineage } from './lineage';
import type { Stage } from './model';

/** True where the image at the bottom of the stage is one of Microsoft's for Windows containers. */
export function hasWindowsBase(stage: Stage): boolean {
  const base = lineage(stage)[0]?.base;
  return base?.kind === 'image' && /(?:^|\/)windows(?:\/|$)/.test(base.image.repository);
}
