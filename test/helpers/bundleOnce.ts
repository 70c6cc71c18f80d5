import { join, resolve } from 'node:path';
import { buildSync } from 'esbuild';

const root = resolve(import.meta.dirname, '../..');
const built = new Map<string, string>();

/** Bundles a program as scripts/build.mjs does, once a test run, and gives the path. */
export function bundleOnce(entry: string): string {
  let outfile = built.get(entry);
  if (outfile === undefined) {
    outfile = join(root, '.cache/test', `${entry.replaceAll(/[/.]/g, '-')}.cjs`);
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
