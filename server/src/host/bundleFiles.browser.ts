import type { ReadTexts, TextFiles } from '../l10n/language';

/** The folder of the bundles: that of the worker's script, unless a client that runs it from a blob sends another. */
let folder = '.';

export function readFilesFrom(address: string): void {
  folder = address;
}

/**
 * Loads a file of texts synchronously, as a script, which a worker can load from another origin too. It leaves its
 * value in `exports`. Undefined when it cannot be loaded.
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

/**
 * Bundles call `require` for tables that they do not contain, as in Node.js: here too, each is read when it is first
 * needed.
 */
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
