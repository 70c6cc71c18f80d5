import { CodeActionKind } from 'vscode-languageserver';

export const FIX_ALL = `${CodeActionKind.SourceFixAll}.dockerfileOptimizer`;
export const OPTIMIZE_KIND = `${CodeActionKind.RefactorRewrite}.dockerfileOptimizer`;

/** `only: ['source']` also asks for `source.fixAll.dockerfileOptimizer`. */
export function wantsKind(only: readonly string[] | undefined, kind: string): boolean {
  return !only || only.some((wanted) => wanted === '' || kind === wanted || kind.startsWith(`${wanted}.`));
}
