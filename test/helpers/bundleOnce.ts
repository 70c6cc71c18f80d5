import { join, resolve } from 'node:path';
import { buildSync } from 'esbuild';
import { writeTexts } from '../../scripts/texts.mjs';

const root = resolve(import.meta.dirname, '../..');
const folder = join(root, '.cache/test');
const built = new Map<string, string>();

/** Bundles a program as scripts/build.mjs does, once a test run, and gives the path. */
export function bundleOnce(entry: string): string {
  let outfile = built.get(entry);
  if (outfile === undefined) {
    if (built.size === 0) writeTexts(folder);
    outfile = join(folder, `${entry.replaceAll(/[/.]/g, '-')}.cjs`);
    buildSync({
      entryPoints: [join(root, entry)],
      outfile,
      bundle: true,
      platform: 'node',
      target: 'node20',
      format: 'cjs',
    });
    built.set(entry, outfile);
  }
  return outfile;
}
