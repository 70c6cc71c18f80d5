/**
 * node scripts/update-package-names.mjs [NAME…]
 * Updates data/packageNames.json: which of the packages that Dockerfiles often name a release lacks, from the package
 * indexes of Debian and Ubuntu, which it downloads. Looks up the names in packageNames.txt, plus those given.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { root } from './dependencies.mjs';

const DEBIAN = 'http://deb.debian.org/debian/dists';
const UBUNTU = 'http://archive.ubuntu.com/ubuntu/dists';
const debian = (release) => [`${DEBIAN}/${release}/main`];
const ubuntu = (release) =>
  ['', '-updates', '-security'].flatMap((pocket) =>
    ['main', 'universe', 'restricted', 'multiverse'].map((component) => `${UBUNTU}/${release}${pocket}/${component}`),
  );
/** The package sources of the images. */
const RELEASES = {
  ...Object.fromEntries(['bullseye', 'bookworm', 'trixie'].map((release) => [release, debian(release)])),
  ...Object.fromEntries(['focal', 'jammy', 'noble', 'resolute'].map((release) => [release, ubuntu(release)])),
};
/** More variants than this are no versions of one package. */
const MOST_VARIANTS = 12;

const target = join(root, 'server/src/knowledge/data/packageNames.json');
const namesFile = join(root, 'scripts/packageNames.txt');
const known = readFileSync(namesFile, 'utf8').trim().split('\n');
const names = [...new Set([...known, ...process.argv.slice(2)])].sort();
writeFileSync(namesFile, `${names.join('\n')}\n`);

const releases = [];
for (const [release, folders] of Object.entries(RELEASES)) {
  const all = await installableIn(folders);
  releases.push({ release, all, variants: byFamily(all) });
}

const missing = {};
const versions = {};
for (const name of names) {
  const family = familyOf(name);
  const found = releases.map(({ release, variants }) => [release, (variants.get(family) ?? []).sort()]);
  const most = Math.max(...found.map(([, variants]) => variants.length));
  if (family.includes('#') && most > 0 && most <= MOST_VARIANTS) {
    if (new Set(found.map(([, variants]) => variants.join(' '))).size === 1) continue;
    versions[family] = Object.fromEntries(found.map(([release, variants]) => [release, variants.join(' ')]));
  } else {
    const lacking = releases.filter(({ all }) => !all.has(name)).map(({ release }) => release);
    if (lacking.length > 0) missing[name] = lacking.join(' ');
  }
}

writeFileSync(
  target,
  `${JSON.stringify({
    about:
      'Packages that apt cannot install from the sources of an image: `missing` has the releases that lack a package; `versions` has, for packages with numbers in their names (`#`), the numbers of those that a release has.',
    source: `${Object.keys(RELEASES).join(', ')}: the indexes of deb.debian.org (main) and archive.ubuntu.com (with updates and security), amd64`,
    date: new Date().toISOString().slice(0, 7),
    missing,
    versions,
  })}\n`,
);

/** Packages of these folders, and names that exactly one of them provides, which apt then takes. */
async function installableIn(folders) {
  const real = new Set();
  const providers = new Map();
  for (const folder of folders) {
    const response = await fetch(`${folder}/binary-amd64/Packages.gz`);
    if (!response.ok) throw new Error(`${folder}: HTTP ${response.status}`);
    const index = gunzipSync(Buffer.from(await response.arrayBuffer())).toString('utf8');
    for (const paragraph of index.split('\n\n')) {
      const name = /^Package: (.*)$/m.exec(paragraph)?.[1];
      if (name === undefined) continue;
      real.add(name);
      for (const one of (/^Provides: (.*)$/m.exec(paragraph)?.[1] ?? '').split(/,\s*/)) {
        const provided = one.replace(/[ (:].*/, '');
        providers.set(provided, (providers.get(provided) ?? new Set()).add(name));
      }
    }
  }
  return new Set([...real, ...[...providers].filter(([, by]) => by.size === 1).map(([name]) => name)]);
}

function familyOf(name) {
  return name.replace(/\d+/g, '#');
}

/** The numbers in the names of each family: `17` of `openjdk-17-jdk`, `2.0-0` of `libglib2.0-0` as `2,0,0`. */
function byFamily(names) {
  const families = new Map();
  for (const name of names) {
    const numbers = name.match(/\d+/g);
    if (numbers === null) continue;
    const family = familyOf(name);
    families.set(family, [...(families.get(family) ?? []), numbers.join(',')]);
  }
  return families;
}
