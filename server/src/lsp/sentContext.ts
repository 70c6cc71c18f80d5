import type { BuildContext } from '../engine/buildContext';
import type { OptimizeParams } from '../protocol';

/** The files that the client has sent. */
export function contextOf({ files, unlisted }: NonNullable<OptimizeParams['context']>): BuildContext {
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  return {
    files: new Map(files.map(({ path, sizeBytes }) => [path, { sizeBytes }])),
    read: (path) => texts.get(path),
    unlisted,
    isComplete: unlisted.length === 0,
  };
}
