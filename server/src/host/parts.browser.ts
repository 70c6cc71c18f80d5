import type { ReadTexts, TextFiles } from '../l10n/language';

/** Where the bundles lie. Beside the worker's own script, until a client says so that made it out of a blob. */
let folder = '.';

export function loadPartsFrom(address: string): void {
  folder = address;
}

/**
 * Loads what the worker's own script does not hold, at once: as a script, which a worker may have from another origin
 * too. It leaves its value in `exports`.
 */
export function loadPart(name: string): unknown {
  const scope: { exports?: unknown } & WorkerGlobalScope = self;
  importScripts(`${folder}/${name}.js`);
  const value = scope.exports;
  scope.exports = undefined;
  return value;
}

/** Undefined when it cannot be loaded. */
export const readTexts: ReadTexts = <Name extends keyof TextFiles>(name: Name): TextFiles[Name] | undefined => {
  try {
    return loadPart(name) as TextFiles[Name];
  } catch {
    return undefined;
  }
};
