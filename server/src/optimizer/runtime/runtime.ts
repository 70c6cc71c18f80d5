import type { Site } from '../../app/site';
import type { Phrase } from '../../l10n/phrase';
import type { TextEdit } from '../../text/edits';
import type { Guard } from '../transform';

/** The smaller image that can replace a toolchain image in a final stage. */
export interface Runtime {
  readonly image: string;
  /** Lines to write below its FROM. */
  readonly lines?: readonly string[];
  /** Changes of the stages that the program comes from. */
  readonly edits?: readonly TextEdit[];
  readonly reason: Phrase;
  readonly risk: Phrase;
}

/** One for each toolchain; undefined if the stage is on another image or builds something itself. */
export type RuntimeFor = (site: Site) => Runtime | Guard | undefined;
