import { CONFIGURATION_NAMES } from '../project/fileNames';
import type { Host } from './host';

/** In the browser there is no file system: files are those that the client has sent, by their URIs. */
export function createBrowserHost(): Host {
  let files: ReadonlyMap<string, string> = new Map();
  return {
    keepFiles(sent) {
      files = new Map(sent.map(({ uri, text }) => [uri, text]));
    },
    configurationIn(folder) {
      for (const name of CONFIGURATION_NAMES) {
        const path = `${folder}/${name}`;
        const text = files.get(path);
        if (text !== undefined) return { path, text };
      }
      return undefined;
    },
    readText: (path) => files.get(path),
    // A URI without a folder has no slash: `untitled:Dockerfile`.
    pathOf: (uri) => (uri.includes('/') ? uri : undefined),
    parentOf: (path) => /^(.+)\/[^/]+$/.exec(path)?.[1],
    buildsIn: () => [],
    buildContext: () => undefined,
    hasBuildKit: () => false,
    runShellCheck: undefined,
    createRegistry: undefined,
    scanDockerfile: undefined,
    findIgnoreFiles: () => [],
    openStore: () => ({ get: () => undefined, set: () => {} }),
    commitsOf: undefined,
    measure: undefined,
    verify: undefined,
  };
}
