import type { LintOptions } from '../../engine/engine';
import type { NewFile } from '../../optimizer/plan';

export interface Rewritten {
  readonly after: string;
  /** Files next to the Dockerfile that belong to it. */
  readonly files?: readonly NewFile[];
  /** What was done, for a person; '' if nothing was. */
  readonly report: string;
  /** JSON fields in addition to path, before and after. */
  readonly json: Readonly<Record<string, unknown>>;
}

/** The new text of a Dockerfile: of the file at the path, or inside it. */
export type Rewrite = (path: string, text: string, options: LintOptions) => Rewritten;
