/**
 * Makes the npm package: the command line and the language server, bundled, without dependencies. It writes a manifest
 * of its own, because package.json is that of the extension.
 */
import { copyFileSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { installDependencies, root } from './dependencies.mjs';
import { capture } from './process.mjs';

const staging = join(root, '.cache/npm/package');
/** Files that only VS Code needs, and code compiled for this machine. */
const LEFT_OUT = /^client|\.web\.js$|\.map$|^compiled$/;
const TEXTS = ['README.md', 'CHANGELOG.md', 'LICENSE', 'schemas/config.schema.json', 'l10n/bundle.l10n.ja.json'];

/** Makes the tarball; returns its path and size, and the version. */
export function packNpm() {
  installDependencies();
  capture('node', [join(root, 'scripts/build.mjs')]);
  rmSync(dirname(staging), { recursive: true, force: true });
  for (const name of TEXTS) {
    mkdirSync(dirname(join(staging, name)), { recursive: true });
    copyFileSync(join(root, name), join(staging, name));
  }
  const wanted = (path) => !LEFT_OUT.test(basename(path));
  cpSync(join(root, 'dist'), join(staging, 'dist'), { recursive: true, filter: wanted });
  const manifest = createManifest();
  writeFileSync(join(staging, 'package.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
  const args = ['pack', '--ignore-scripts', '--loglevel=error', '--pack-destination', dirname(staging)];
  capture('npm', args, { cwd: staging, shell: process.platform === 'win32' });
  const [name] = readdirSync(dirname(staging)).filter((entry) => entry.endsWith('.tgz'));
  const file = join(dirname(staging), name);
  return { file, size: statSync(file).size, version: manifest.version };
}

function createManifest() {
  const { name, version, license, repository, keywords, bin, engines } = readJson('package.json');
  return {
    name,
    version,
    description: readJson('package.nls.json')['extension.description'],
    keywords,
    license,
    repository: { ...repository, url: `git+${repository.url}` },
    type: 'commonjs',
    bin: Object.fromEntries(Object.entries(bin).map(([command, path]) => [command, path.replace(/^\.\//, '')])),
    engines: { node: engines.node },
    files: ['dist', 'schemas', 'l10n', 'CHANGELOG.md'],
  };
}

function readJson(name) {
  return JSON.parse(readFileSync(join(root, name), 'utf8'));
}

if (process.argv[1] === import.meta.filename) {
  try {
    const { file, size } = packNpm();
    console.log(`${file}: ${(size / 1024).toFixed(0)} KB`);
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
}
