import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = resolve(import.meta.dirname, '..');

/** The exports of engine.ts, bundled from the current sources. */
export async function loadEngine() {
  const outfile = join(root, '.cache/engine/engine.mjs');
  await build({
    entryPoints: [join(root, 'scripts/engine.ts')],
    bundle: true,
    format: 'esm',
    platform: 'node',
    outfile,
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    logLevel: 'error',
  });
  return import(pathToFileURL(outfile).href);
}
