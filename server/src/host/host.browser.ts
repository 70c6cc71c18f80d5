import { defaultConfig } from '../engine/config';
import type { Host } from './host';

/** In the browser there is no file system behind the editor's documents. */
export const browserHost: Host = {
  configurationIn: () => undefined,
  buildsIn: () => [],
  parentOf: () => undefined,
  // Without the reader of YAML, which is a tenth of the worker.
  parseConfig: () => ({ config: defaultConfig, problems: [] }),
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
