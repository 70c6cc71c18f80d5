import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = resolve(import.meta.dirname, '..');

/** What scripts need of the engine, bundled from its sources. */
export async function loadEngine() {
  const outfile = join(root, '.cache/engine/engine.mjs');
  await build({
    stdin: {
      contents: `export { createAnalyzer } from './server/src/analyzer';
export { allRules } from './server/src/rules';
export { builtinRules } from './server/src/engine/builtinRules';
export { renderRulePage } from './server/src/engine/rulePage';
export { PRESET_DESCRIPTIONS, PRESETS } from './server/src/engine/presets';
export { FAIL_ON } from './server/src/engine/config';
export { CONFIG_KEYS } from './server/src/engine/parseConfig';
export { runShellCheckSync } from './server/src/host/shellCheck.node';
export { createRuleNames } from './server/src/engine/ruleNames';
export { configOf } from './server/src/engine/config';
export { defaultRuleSettings, LABEL_FORMATS } from './server/src/engine/ruleSettings';`,
      resolveDir: root,
      loader: 'ts',
    },
    bundle: true,
    format: 'esm',
    platform: 'node',
    outfile,
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    logLevel: 'error',
  });
  return import(pathToFileURL(outfile).href);
}
