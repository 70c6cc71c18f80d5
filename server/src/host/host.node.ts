import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readBuildContext } from './buildContext.node';
import { CONFIGURATION_NAMES, type FoundFile, type Host } from './host';
import { readText } from './readText.node';
import { runShellCheck } from './shellCheck.node';

export const nodeHost: Host = {
  findConfiguration,
  readText,
  buildContext: (path) => readBuildContext(dirname(path)),
  runShellCheck,
  pathOf: (uri) => (uri.startsWith('file:') ? fileURLToPath(uri) : undefined),
};

function findConfiguration(path: string): FoundFile | undefined {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    for (const name of CONFIGURATION_NAMES) {
      const file = join(folder, name);
      if (existsSync(file)) return { path: file, text: readText(file) };
    }
    if (dirname(folder) === folder) return undefined;
  }
}
