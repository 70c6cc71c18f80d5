import type { Site } from '../../app/site';
import type { Phrase } from '../../l10n/phrase';
import type { Guard } from '../transform';

/** What a final stage on the image of a toolchain can run on instead. */
export interface Runtime {
  readonly image: string;
  /** What stands below its FROM. */
  readonly lines?: readonly string[];
  readonly reason: Phrase;
  readonly risk: Phrase;
}

/** One for each toolchain; undefined means that the stage is on another image, or builds something itself. */
export type RuntimeFor = (site: Site) => Runtime | Guard | undefined;
