import type { Host } from './host';

/** In the browser there is no file system behind the editor's documents. */
export const browserHost: Host = {
  configurationIn: () => undefined,
  buildsIn: () => [],
  parentOf: () => undefined,
  readText: () => undefined,
  buildContext: () => undefined,
  hasBuildKit: () => false,
  pathOf: () => undefined,
  runShellCheck: undefined,
  createRegistry: undefined,
  scanDockerfile: undefined,
  findIgnoreFiles: () => [],
  openStore: () => ({ get: () => undefined, set: () => {} }),
  measure: undefined,
};
