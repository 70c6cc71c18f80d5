/**
 * node scripts/update-runtime-libraries.mjs <folder>
 * Updates data/runtimeLibraries.json: which libraries a program needs at run time if it was built with a `-dev`
 * package.
 * The folder contains Debian's package indices as `bullseye`, `bookworm` and `trixie`:
 * dists/<release>/main/binary-amd64/Packages, decompressed, and next to each `<release>.sources`:
 * dists/<release>/main/source/Sources. The libraries of a `-dev` package are its dependencies that are built from the
 * same source; if there are none, those of the `-dev` packages that it depends on. A package that hardly any of
 * Debian's own programs is built with has no row: images are not built with it either.
 */
import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildDependencies, DebianIndex, sourceOf } from './debianIndex.mjs';
import { root } from './dependencies.mjs';

const RELEASES = ['bullseye', 'bookworm', 'trixie'];
const [folder] = process.argv.slice(2);
if (
  folder === undefined ||
  !RELEASES.every((release) => existsSync(join(folder, release)) && existsSync(join(folder, `${release}.sources`)))
) {
  console.error(
    'Usage: node scripts/update-runtime-libraries.mjs <folder with bullseye, bookworm, trixie and their .sources>',
  );
  process.exit(2);
}

/** `-dev` packages whose users need fewer libraries than the package depends on. */
const BY_HAND = {
  'libgl1-mesa-dev': ['libgl1'],
  'libgl-dev': ['libgl1'],
  'libkrb5-dev': ['libgssapi-krb5-2', 'libkrb5-3'],
};
/** Other languages ship such packages as sources: nothing links against them. */
const OTHER_LANGUAGES =
  /^(?:golang|librust|libghc|node|ruby|r-cran|elpa|php|ros)-|^libmrpt-|-(?:ocaml|perl|java|cil)-dev$/;
const OTHER_SECTIONS =
  /(?:^|\/)(?:golang|rust|haskell|ocaml|javascript|perl|php|ruby|java|lisp|cli-mono|doc|kernel|debug|gnu-r|fonts|games)$/;
/** Parts of desktops and phones, other processors, and platforms with a build of their own: no image is built with these. */
const OTHER_PLATFORMS =
  /-cross$|^lib(?:x?32|n32|64)|^gir1|^libk(?:f[56]|pim|.*5-dev$)|akonadi|plasma|^kwin|ukui|lomiri|deepin|^libdtk|cinnamon|^(?:lib)?mate-|^libxfce|^(?:lib)?android|^libglobus-|^lib(?:ament|rcl|rmw|rosidl|ros)|-msgs-/;
/** Libraries of compilers, debugging aids, and plugins that only their own users need. */
const NOT_WANTED =
  /^gcc-|^lib(?:asan|atomic|itm|lsan|tsan|ubsan|hwasan|quadmath|gomp|cc1)|-extra$|fortran|-plugins-|-evlib-|trapd|-trans|-(?:dbg|doc|common|data|bin|tools|utils|perl|java)$/;

const target = join(root, 'server/src/knowledge/data/runtimeLibraries.json');
const indices = RELEASES.map((release) => new DebianIndex(join(folder, release)));
/** Packages that all of the small images contain. */
const present = [...indices[0].present].filter((name) => indices.every((index) => index.present.has(name))).sort();
const names = new Set(indices.flatMap((index) => index.names.filter((name) => isWanted(index, name))));
/** Names that Dockerfiles use although Debian's own sources do not: defaults, and headers of one compiler. */
const ALSO_USED =
  /^(?:libc|libc-client|libc-client2007e|musl|lzma|python[\d.]*|postgresql-common|libthrift|lib(?:gcc|stdc\+\+)-\d+|libclang-\d+|libmimalloc)-dev$/;
/** The fewest build dependencies in all the releases: two sources in most. */
const FEWEST = 4;
const used = new Map();
for (const release of RELEASES)
  for (const name of buildDependencies(join(folder, `${release}.sources`))) used.set(name, (used.get(name) ?? 0) + 1);
/** A package that needs more is a whole platform, of which a program uses only a part. */
const MOST = 32;
const rows = [...names].sort().flatMap((name) => {
  if ((used.get(name) ?? 0) < FEWEST && !ALSO_USED.test(name)) return [];
  const lists = indices.map((index) => librariesOf(index, name));
  if (lists.some((list) => list && list.length > MOST)) return [];
  const libraries = lists.map((list) => list?.join(' ') ?? '-');
  const isSame = libraries.every((list) => list === libraries[0]);
  return [JSON.stringify(`${name}: ${isSame ? libraries[0] : libraries.join(' | ')}`.trimEnd())];
});
const date = statSync(join(folder, 'bookworm')).mtime.toISOString().slice(0, 7);
const about =
  'The packages with the libraries behind each -dev package that more than one or two Debian sources build with: one list, or one for each of the releases; empty for headers alone, - where the release has no such package. `present` is what the smallest image of each release has.';
writeFileSync(
  target,
  `{
  "about": ${JSON.stringify(about)},
  "source": "Debian's package and source indices of ${RELEASES.join(', ')}, main, amd64",
  "date": "${date}",
  "releases": ${JSON.stringify(RELEASES)},
  "present": ${JSON.stringify(present)},
  "packages": [
    ${rows.join(',\n    ')}
  ]
}
`,
);

function isWanted(index, name) {
  const fields = index.get(name);
  return (
    fields &&
    /-dev\b/.test(name) &&
    isHeaders({ ...fields, Package: name }) &&
    !OTHER_LANGUAGES.test(name) &&
    !OTHER_PLATFORMS.test(name) &&
    !OTHER_SECTIONS.test(fields.Section)
  );
}

/** The package's own libraries; if it has none, those of the headers that it is only another name for. */
function librariesOf(index, name, seen = new Set()) {
  if (BY_HAND[name]) return BY_HAND[name];
  // Headers of compilers: programs built with them link against libraries that every image has.
  if (/^libstdc\+\+-\d+-dev$/.test(name)) return index.get(name) && [];
  const fields = index.get(name);
  if (!fields || seen.has(fields.Package)) return fields && [];
  seen.add(fields.Package);
  const own = ownLibraries(index, fields);
  const found = own.size > 0 || fields.Package === 'libc6-dev' ? [...own] : othersHeaders(index, fields, seen);
  return found.filter((one) => one !== 'libc6').sort();
}

function ownLibraries(index, fields, seen = new Set()) {
  const found = new Set();
  if (seen.has(fields.Package)) return found;
  seen.add(fields.Package);
  for (const dependency of index.named(fields, 'Depends')) {
    const other = index.get(dependency);
    if (sourceOf(other) !== sourceOf(fields)) continue;
    if (isHeaders(other)) for (const one of ownLibraries(index, other, seen)) found.add(one);
    else if (isLibrary(other)) found.add(other.Package);
  }
  return found;
}

function othersHeaders(index, fields, seen) {
  const others = index.named(fields, 'Depends').filter((one) => isHeaders(index.get(one)));
  return [...new Set(others.flatMap((one) => librariesOf(index, one, seen) ?? []))];
}

function isHeaders({ Package, Section }) {
  return Package.endsWith('-dev') || /(?:^|\/)libdevel$/.test(Section ?? '');
}

function isLibrary({ Package, Section }) {
  return (/^lib.*\d/.test(Package) || /(?:^|\/)(?:old)?libs$/.test(Section ?? '')) && !NOT_WANTED.test(Package);
}
