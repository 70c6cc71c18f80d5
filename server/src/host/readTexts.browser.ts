import type { ReadTexts, TextFiles } from '../l10n/language';

/**
 * Loads files of texts from the folder with the bundles, as scripts: those a worker may have from another origin too, and
 * at once. Undefined where the folder is not known.
 */
export function readTextsFrom(folder: string | undefined): ReadTexts {
  return <Name extends keyof TextFiles>(name: Name): TextFiles[Name] | undefined => {
    if (folder === undefined) return undefined;
    const scope: { exports?: TextFiles[Name] } & WorkerGlobalScope = self;
    try {
      importScripts(`${folder}/${name}.js`);
      return scope.exports;
    } catch {
      return undefined;
    } finally {
      delete scope.exports;
    }
  };
}
