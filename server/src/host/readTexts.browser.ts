import type { ReadTexts, TextFiles } from '../l10n/language';

/** Where the texts lie. Beside the worker's own script, until a client says so that made it out of a blob. */
let folder = '.';

export function readTextsFrom(address: string): void {
  folder = address;
}

/**
 * Loads a file of texts at once: as a script, which a worker may have from another origin too. It leaves its value in
 * `exports`. Undefined when it cannot be loaded.
 */
export const readTexts: ReadTexts = <Name extends keyof TextFiles>(name: Name): TextFiles[Name] | undefined => {
  const scope: { exports?: TextFiles[Name] | undefined } & WorkerGlobalScope = self;
  try {
    importScripts(`${folder}/${name}.js`);
    return scope.exports;
  } catch {
    return undefined;
  } finally {
    scope.exports = undefined;
  }
};
