import type { BuildContext } from '../engine/buildContext';

/** True for Yarn 2 and later, as far as is known: it keeps its cache in the project, or in a folder of its own. */
export function isBerry(text: string, context: BuildContext | undefined): boolean {
  return (
    /\.yarn(?:rc\.yml|\/)|corepack|yarn@(?:[2-9]|berry|stable)|--immutable/.test(text) ||
    context?.files.has('.yarnrc.yml') === true
  );
}
