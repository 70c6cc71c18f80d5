import type { BuildContext } from '../engine/buildContext';
import type { NewFile } from './plan';

/** The build context as it will be once a plan's files are written. */
export function withFiles(context: BuildContext, files: ReadonlyMap<string, NewFile>): BuildContext {
  if (files.size === 0) return context;
  const listed = new Map(context.files);
  for (const [path, { after }] of files) listed.set(path, { sizeBytes: after.length });
  return {
    ...context,
    files: listed,
    unlisted: context.unlisted,
    isComplete: context.isComplete,
    read: (path) => files.get(path)?.after ?? context.read(path),
  };
}
