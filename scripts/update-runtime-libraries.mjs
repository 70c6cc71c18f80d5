/**
 * node scripts/update-runtime-libraries.mjs <folder>
 * Makes data/runtimeLibraries.json anew: which libraries a program needs to run that was built with a `-dev` package.
 * The folder holds Debian's package indices as `bullseye`, `bookworm` and `trixie`: dists/<release>/main/binary-amd64/Packages,
 * unpacked. The library packages of a `-dev` package are those that it depends on and that are built from the same source.
 */
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './dependencies.mjs';

const RELEASES = ['bullseye', 'bookworm', 'trixie'];
const [folder] = process.argv.slice(2);
if (folder === undefined || !RELEASES.every((release) => existsSync(join(folder, release)))) {
  console.error('Usage: node scripts/update-runtime-libraries.mjs <folder with bullseye, bookworm and trixie>');
  process.exit(2);
}

/** Metapackages, and packages whose library comes from another source: what their dependencies do not tell by name. */
const BY_HAND = {
  'default-libmysqlclient-dev': ['libmariadb3'],
  'libdb-dev': ['libdb5.3'],
  'libgl1-mesa-dev': ['libgl1'],
  'libgl-dev': ['libgl1'],
  'libkrb5-dev': ['libgssapi-krb5-2', 'libkrb5-3'],
};
/** Other languages, debugging aids and plugins that only their own users ask for. */
const NOT_WANTED =
  /^gcc-|^lib(?:asan|atomic|itm|lsan|tsan|ubsan|quadmath|gomp)|-extra$|fortran|-plugins-|-evlib-|trapd|-trans/;

const target = join(root, 'server/src/knowledge/data/runtimeLibraries.json');
const names = Object.keys(JSON.parse(readFileSync(target, 'utf8')).packages);
const indices = RELEASES.map((release) => readIndex(join(folder, release)));
const lines = names.sort().map((name) => {
  const libraries = indices.map((index) => librariesOf(index, name));
  const [first = []] = libraries;
  const isSame = libraries.every((list) => list?.join() === first.join());
  const value = isSame
    ? first
    : Object.fromEntries(RELEASES.flatMap((one, at) => (libraries[at] ? [[one, libraries[at]]] : [])));
  return `    ${JSON.stringify(name)}: ${JSON.stringify(value)}`;
});
const date = statSync(join(folder, 'bookworm')).mtime.toISOString().slice(0, 7);
writeFileSync(
  target,
  `{\n  "source": "Debian's package indices of ${RELEASES.join(', ')}, main, amd64",\n  "date": "${date}",\n  "packages": {\n${lines.join(',\n')}\n  }\n}\n`,
);

function readIndex(path) {
  const packages = new Map();
  const providers = new Map();
  for (const paragraph of readFileSync(path, 'utf8').split('\n\n')) {
    const fields = Object.fromEntries(
      [...paragraph.matchAll(/^([A-Za-z-]+): (.*)$/gm)].map(([, key, value]) => [key, value]),
    );
    if (fields.Package === undefined) continue;
    packages.set(fields.Package, fields);
    for (const provided of (fields.Provides ?? '').replace(/\([^)]*\)/g, '').split(/,\s*/)) {
      if (provided !== '' && !providers.has(provided.trim())) providers.set(provided.trim(), fields.Package);
    }
  }
  return { packages, providers };
}

function librariesOf(index, name, seen = new Set()) {
  if (BY_HAND[name]) return BY_HAND[name];
  const fields = index.packages.get(name) ?? index.packages.get(index.providers.get(name));
  if (!fields || seen.has(fields.Package)) return undefined;
  seen.add(fields.Package);
  const found = new Set();
  for (const dependency of (fields.Depends ?? '').split(/,\s*/)) {
    const other = index.packages.get(
      dependency
        .split('|')[0]
        .replace(/[ (:].*/, '')
        .trim(),
    );
    if (!other || sourceOf(other) !== sourceOf(fields)) {
      // Boost's metapackages come from a source of their own.
      if (other && /^libboost/.test(name) && /^libboost.*-dev$/.test(other.Package))
        for (const one of librariesOf(index, other.Package, seen) ?? []) found.add(one);
      continue;
    }
    if (other.Package.endsWith('-dev')) for (const one of librariesOf(index, other.Package, seen) ?? []) found.add(one);
    else if (/(?:^|\/)(?:old)?libs$/.test(other.Section) && !NOT_WANTED.test(other.Package)) found.add(other.Package);
  }
  return [...found].sort();
}

function sourceOf({ Source, Package }) {
  return (Source ?? Package).split(' ')[0];
}
