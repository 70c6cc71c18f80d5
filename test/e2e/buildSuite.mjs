import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from '../../scripts/dependencies.mjs';
import { temporaryFolder } from '../../scripts/temporaryFolder.mjs';

/** The mocha suite as one file that an extension host can load. */
export async function buildSuite() {
  const outfile = join(root, '.cache/e2e/suite.js');
  await build({
    entryPoints: [join(root, 'test/e2e/suite/index.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode'],
    logLevel: 'error',
  });
  return outfile;
}

/** A copy of the examples to work on. */
export function makeWorkspace() {
  const folder = temporaryFolder('workspace');
  cpSync(join(root, 'examples'), folder, { recursive: true });
  mkdirSync(join(folder, '.vscode'));
  writeFileSync(join(folder, '.vscode/settings.json'), '{}\n');
  return folder;
}

/** An extension with nothing in it: the suite runs beside the installed VSIX, not in place of it. */
export function makeEmptyExtension() {
  const folder = join(root, '.cache/e2e/empty-extension');
  mkdirSync(folder, { recursive: true });
  const manifest = { name: 'empty', publisher: 'test', version: '0.0.0', engines: { vscode: '^1.91.0' } };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  return folder;
}
