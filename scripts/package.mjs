/** Makes the VSIX that users install, and checks its size and content. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { installDependencies, root } from './dependencies.mjs';
import { capture } from './process.mjs';

/** The folder that vsce packs: pictures are next to the texts, and links point to this version. */
const staging = join(root, '.cache/vsix');
/** The time used for sources without a Git history: 2025-01-01. */
const SOME_TIME = '1735689600';
const MAX_BYTES = 2 * 1024 * 1024;
const WANTED = [
  'extension/dist/client.js',
  'extension/dist/client.web.js',
  'extension/dist/server.js',
  'extension/dist/languageServer.js',
  'extension/dist/server.web.js',
  'extension/dist/reportView.html',
  'extension/dist/texts.ja.js',
  'extension/dist/docs.ja.js',
  'extension/dist/patterns.js',
  'extension/dist/data/packageSizes.json',
  'extension/dist/data/packageNames.json',
  'extension/dist/data/recommendedPackages.json',
  'extension/dist/data/runtimeLibraries.json',
  'extension/dist/THIRD_PARTY_NOTICES.txt',
  'extension/syntaxes/dockerfile.tmLanguage.json',
  'extension/syntaxes/language-configuration.json',
  'extension/schemas/config.schema.json',
  'extension/schemas/settings.schema.json',
  'extension/images/icon.png',
  'extension/images/screenshot-editor.webp',
  'extension/media/walkthrough/open.svg',
  'extension/examples/calculator/Dockerfile',
  'extension/package.json',
  'extension/package.nls.json',
];
const ALLOWED =
  /^(?:extension\.vsixmanifest|\[Content_Types\]\.xml|extension\/(?:dist\/(?:(?:client|server)(?:\.web)?\.js|(?:languageServer|patterns)\.js|\w+\.ja\.js|data\/\w+\.json|reportView\.html|THIRD_PARTY_NOTICES\.txt)|syntaxes\/[\w.-]+\.json|schemas\/[\w.-]+\.json|images\/(?:icon\.png|screenshot-\w+\.webp)|media\/walkthrough\/\w+\.svg|examples\/calculator\/(?:Dockerfile|requirements\.txt|(?:tests\/)?\w+\.py)|package(?:\.nls(?:\.[\w-]+)?)?\.json|l10n\/[\w.-]+\.json|readme\.md|changelog\.md|LICENSE\.txt))$/i;

/** Makes the VSIX and returns its path. */
export function packageExtension() {
  installDependencies();
  capture('node', [join(root, 'scripts/build.mjs')]);
  for (const file of readdirSync(root)) if (file.endsWith('.vsix')) rmSync(join(root, file));
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const file = join(root, `dockerfile-optimizer-${version}.vsix`);
  const vsce = join(root, 'node_modules/@vscode/vsce/vsce');
  stage(version);
  capture('node', [vsce, 'package', '--no-dependencies', '--no-rewrite-relative-links', '--out', file], {
    cwd: staging,
    env: { ...process.env, ...sameTime() },
  });
  const zip = unzipSync(readFileSync(file));
  const entries = Object.keys(zip);
  const missing = WANTED.filter((name) => !entries.includes(name));
  const extra = entries.filter((name) => !ALLOWED.test(name));
  if (missing.length > 0) throw new Error(`The VSIX lacks ${missing.join(', ')}`);
  if (extra.length > 0) throw new Error(`The VSIX holds what nobody needs at run time: ${extra.join(', ')}`);
  const lost = lostIn(Buffer.from(zip['extension/readme.md']).toString('utf8'), entries);
  if (lost.length > 0) throw new Error(`The README of the VSIX shows or names what is not inside: ${lost.join(', ')}`);
  const { size } = statSync(file);
  if (size > MAX_BYTES) throw new Error(`The VSIX has ${size} bytes; it must stay under ${MAX_BYTES}`);
  return { file, size };
}

/** JSON without white space makes the VSIX 5 KB smaller. */
function stage(version) {
  rmSync(staging, { recursive: true, force: true });
  mkdirSync(staging, { recursive: true });
  const parts = ['dist', 'syntaxes', 'schemas', 'images', 'media', 'examples', 'l10n', 'LICENSE', '.vscodeignore'];
  const manifests = readdirSync(root).filter((name) => /^package(?:\.nls.*)?\.json$/.test(name));
  for (const name of [...parts, ...manifests]) cpSync(join(root, name), join(staging, name), { recursive: true });
  const { url } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).repository;
  for (const file of readdirSync(staging, { recursive: true }).filter((name) => name.endsWith('.json')))
    writeFileSync(join(staging, file), JSON.stringify(JSON.parse(readFileSync(join(staging, file), 'utf8'))));
  const address = `${url.replace(/\.git$/, '')}/blob/v${version}/`;
  for (const name of ['README.md', 'CHANGELOG.md']) {
    const text = readFileSync(join(root, name), 'utf8');
    writeFileSync(join(staging, name), text.replace(/(?<!!)(\[[^\]]*\]\()(?!\w+:|#)/g, `$1${address}`));
  }
}

/** Broken relative links and pictures in a text. */
function lostIn(text, entries) {
  const targets = [...text.matchAll(/\]\((?!\w+:|#)([^)\s]+)/g)].map(([, target]) => target);
  return targets.filter((target) => !entries.includes(`extension/${target}`));
}

/**
 * The same sources produce the same bytes: files get the time of the last commit, independent of clock and time zone.
 */
function sameTime() {
  const { status, stdout } = spawnSync('git', ['log', '-1', '--format=%ct'], { cwd: root, encoding: 'utf8' });
  return { TZ: 'UTC', SOURCE_DATE_EPOCH: process.env.SOURCE_DATE_EPOCH ?? (status === 0 ? stdout.trim() : SOME_TIME) };
}

if (process.argv[1] === import.meta.filename) {
  try {
    const { file, size } = packageExtension();
    console.log(`${file}: ${(size / 1024).toFixed(0)} KB`);
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
}
