import type { MappedText } from '../../text/mappedText';
import type { Span } from '../../text/span';
import type { OwnBuild } from '../builds/buildPart';

/** A Dockerfile inside another file. */
export interface InlineDockerfile {
  readonly text: MappedText;
  /** In the text: where the host puts in what is known only when it builds. */
  readonly holes: readonly Span[];
  /** The builds that use it; empty in Markdown. */
  readonly builds: readonly OwnBuild[];
  /** Without FROM: only what a single instruction shows can be said. */
  readonly isFragment: boolean;
}

/** Stands for what nobody knows before the build: a variable that is always there, with any value. */
export const HOLE = '${NO_PROXY}';
