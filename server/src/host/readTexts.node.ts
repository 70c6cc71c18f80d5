import { createRequire } from 'node:module';
import type { ReadTexts, TextFiles } from '../l10n/language';
import type { LoadPatterns } from '../text/linearPattern';

const load = createRequire(__filename);

/** Loads a file of texts next to the bundle. A broken installation falls back to English. */
export const readTexts: ReadTexts = <Name extends keyof TextFiles>(name: Name): TextFiles[Name] | undefined => {
  try {
    return load(`./${name}.js`);
  } catch {
    return undefined;
  }
};

export const loadPatterns: LoadPatterns = () => {
  try {
    return load('./patterns.js');
  } catch {
    return undefined;
  }
};
