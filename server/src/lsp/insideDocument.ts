import type { Range } from 'vscode-languageserver';
import { withDockerfile } from '../project/inline/hostFile';
import { minimalEdits, type TextEdit } from '../text/edits';
import { spansMeet } from '../text/span';
import type { Analysis } from './analyses';
import { toSpan } from './convert';

/** True for every range of a document that is itself a Dockerfile. */
export function isInside({ inside }: Analysis, range: Range): boolean {
  return !inside || spansMeet(inside.inline.text.whole, toSpan(inside.hostLines, range));
}

/** Only a Dockerfile that is known as a whole can be rewritten. */
export function isRewritable({ inside }: Analysis): boolean {
  return !inside || (inside.inline.holes.length === 0 && !inside.inline.isFragment);
}

/** The document with another text of the Dockerfile, as few edits of the document; undefined when it has no place for it. */
export function editsOfText({ text, inside }: Analysis, after: string): readonly TextEdit[] | undefined {
  if (!inside) return minimalEdits(text, after);
  const written = withDockerfile(inside.host, inside.index, after);
  return written && minimalEdits(inside.host.text, written.text);
}
