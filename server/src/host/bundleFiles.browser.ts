import type { ReadTexts, TextFiles } from '../l10n/language';
import type { LoadPatterns, PatternLibrary } from '../text/linearPattern';

/** The folder of the bundles: that of the worker's script, unless a client that runs it from a blob sends another. */
let folder = '.';

export function readFilesFrom(address: string): void {
  folder = address;
}

export const readTexts: ReadTexts = <Name extends keyof TextFiles>(name: Name): TextFiles[Name] | undefined =>
  readScript<TextFiles[Name]>(name);

let patterns: PatternLibrary | undefined;

export const loadPatterns: LoadPatterns = () => {
  patterns ??= readScript('patterns');
  return patterns;
};

/**
 * Loads a file next to the bundle synchronously, as a script, which a worker can load from another origin too. It
 * leaves its value in `exports`. Undefined when it cannot be loaded.
 */
function readScript<Value>(name: string): Value | undefined {
  const scope: { exports?: Value | undefined } & WorkerGlobalScope = self;
  try {
    importScripts(`${folder}/${name}.js`);
    return scope.exports;
  } catch {
    return undefined;
  } finally {
    scope.exports = undefined;
  }
}

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
