import type { Localize } from '../../l10n/localize';
import { createLineIndex } from '../../text/lineIndex';
import { type HostFile, withDockerfile } from './hostFile';
import type { InlineDockerfile } from './inlineDockerfile';
import { ownersText, rewriteRefusal } from './wording';

export interface RewrittenPart<T> {
  /** `service api`, or its line. */
  readonly name: string;
  /** From 1. */
  readonly line: number;
  /** Undefined where the text is not known as a whole. */
  readonly result: T | undefined;
  /** Why it stays as it is. */
  readonly refusal: string | undefined;
}

/** Rewrites each Dockerfile in a file on its own. */
export function rewriteParts<T extends { readonly after: string }>(
  host: HostFile,
  localize: Localize,
  rewrite: (inline: InlineDockerfile) => T,
): { readonly after: string; readonly parts: readonly RewrittenPart<T>[] } {
  const lines = createLineIndex(host.text);
  let current = host;
  const parts = [...host.dockerfiles.entries()].flatMap(([index, inline]): RewrittenPart<T>[] => {
    // Of a part of a file, nobody knows what it becomes a part of.
    if (inline.isFragment) return [];
    const line = lines.positionAt(inline.text.whole.start).line + 1;
    const name = ownersText(inline, localize) ?? localize('line {line}', { line });
    const result = inline.holes.length > 0 ? undefined : rewrite(inline);
    const written = result && withDockerfile(current, index, result.after);
    if (written) current = written;
    return [{ name, line, result, refusal: written ? undefined : rewriteRefusal(inline, localize) }];
  });
  return { after: current.text, parts };
}
