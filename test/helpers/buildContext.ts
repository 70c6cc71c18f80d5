import type { BuildContext } from '../../server/src/engine/buildContext';

/** A build context with these files: path → text. Without `isComplete` the listing counts as cut off. */
export function buildContextOf(
  files: Readonly<Record<string, string>>,
  isComplete = true,
  unlisted: readonly string[] = isComplete ? [] : [''],
): BuildContext {
  const entries = new Map(Object.entries(files));
  return {
    files: new Map([...entries].map(([path, text]) => [path, { sizeBytes: new TextEncoder().encode(text).length }])),
    read: (path) => entries.get(path),
    unlisted,
    isComplete: unlisted.length === 0,
  };
}
