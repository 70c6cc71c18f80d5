import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { root } from '../../scripts/dependencies.mjs';
import { temporaryFolder } from '../../scripts/temporaryFolder.mjs';
import { HOSTILE } from './reports.mjs';

/** The names that a path can have: a tar file knows no `..`, and a folder ends at a slash. */
const NAMES = HOSTILE.filter((name) => !name.includes('/'));

/** The path of a page that `measure --format html` makes of an image with hostile names, and those names. */
export async function savedReport() {
  const folder = temporaryFolder('report');
  const bundle = join(folder, 'tarBytes.mjs');
  buildSync({
    entryPoints: [join(root, 'test/images/tarBytes.ts')],
    outfile: bundle,
    bundle: true,
    platform: 'node',
    format: 'esm',
  });
  const { newDockerArchive, tar } = await import(bundle);
  const lower = tar(
    NAMES.map((name, index) => ({ path: `app/${name}`, data: Buffer.alloc(3000 * (index + 1), name) })),
  );
  const upper = tar([{ path: `app/.wh.${NAMES[0]}` }]);
  const history = [HOSTILE[1], HOSTILE[0]].map((name) => ({ created_by: name }));
  writeFileSync(join(folder, 'image.tar'), newDockerArchive({ layers: [lower, upper], history }));
  const cli = join(root, 'dist/cli.js');
  const args = [cli, 'measure', '--archive', 'image.tar', '--format', 'html'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  const path = join(folder, 'report.html');
  writeFileSync(path, stdout);
  return { path, names: NAMES };
}
