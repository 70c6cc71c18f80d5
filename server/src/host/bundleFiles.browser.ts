import type { ReadTexts, TextFiles } from '../l10n/language';

/** Where the bundles lie. Beside the worker's own script, until a client says so that made it out of a blob. */
let folder = '.';

export function readFilesFrom(address: string): void {
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

const tables = new Map<string, unknown>();

/** What a bundle does not hold it asks `require` for, as in Node.js: tables of facts, here too read with the first question. */
export function provideTables(): void {
  const require = (path: string): unknown => {
    if (!tables.has(path)) {
      const request = new XMLHttpRequest();
      request.open('GET', `${folder}/${path}`, false);
      request.send();
      tables.set(path, JSON.parse(request.responseText));
    }
    return tables.get(path);
  };
  Object.assign(self, { require });
}
