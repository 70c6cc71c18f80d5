/**
 * node scripts/update-package-sizes.mjs
 * Updates data/packageSizes.json: what packages add to Debian's slim image, from `apt-get install --simulate` in a
 * container of debian:bookworm-slim, so it needs a Docker engine. Uses the names in the file, plus those given.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './dependencies.mjs';
import { capture } from './process.mjs';

const IMAGE = 'debian:bookworm-slim';
/**
 * Packages that the full images of languages add to Debian (docker-library/buildpack-deps, Dockerfiles of bookworm).
 */
const OF_FULL_IMAGES =
  'autoconf automake bzip2 ca-certificates curl default-libmysqlclient-dev dpkg-dev file g++ gcc git gnupg imagemagick libbz2-dev libc6-dev libcurl4-openssl-dev libdb-dev libevent-dev libffi-dev libgdbm-dev libglib2.0-dev libgmp-dev libjpeg-dev libkrb5-dev liblzma-dev libmagickcore-dev libmagickwand-dev libmaxminddb-dev libncurses5-dev libncursesw5-dev libpng-dev libpq-dev libreadline-dev libsqlite3-dev libssl-dev libtool libwebp-dev libxml2-dev libxslt1-dev libyaml-dev make mercurial netbase openssh-client patch procps sq subversion unzip wget xz-utils zlib1g-dev';

const target = join(root, 'server/src/knowledge/data/packageSizes.json');
const known = existsSync(target) ? Object.keys(JSON.parse(readFileSync(target, 'utf8')).packages) : [];
const names = [...new Set([...known, ...process.argv.slice(2)])].sort();
const script = `
apt-get update -qq >/dev/null
simulate() { apt-get install --simulate $1 $2 2>/dev/null | sed -n 's/^Inst \\([^ ]*\\) .*/\\1/p' | tr '\\n' ' '; }
for name in ${names.join(' ')}; do
  echo "without $name $(simulate --no-install-recommends $name)"
  echo "with $name $(simulate --install-recommends $name)"
done
echo "full - $(simulate --no-install-recommends '${OF_FULL_IMAGES}')"
dpkg-query -W -f 'present \${Package}\\n'
apt-cache dumpavail | awk '/^Package: /{p=$2} /^Installed-Size: /{print "size " p " " $2}'
`;
const lines = capture('docker', ['run', '--rm', '--network', 'host', IMAGE, 'bash', '-c', script]).split('\n');

const sizes = new Map();
const found = { without: new Map(), with: new Map(), full: new Map() };
const present = new Set();
for (const line of lines) {
  const [kind, name, ...rest] = line.trim().split(/\s+/);
  if (kind === 'size') sizes.set(name, Number(rest[0]));
  else if (kind === 'present') present.add(name);
  else if (found[kind]) found[kind].set(name, rest);
}
const total = (list) => list.reduce((sum, name) => sum + (sizes.get(name) ?? 0), 0);
/** A package that adds more than this is a desktop or a whole toolkit, and would take up half of the file. */
const MOST = 190;
const kept = names.filter((name) => {
  const count = found.without.get(name)?.length ?? 0;
  return count > 0 && (count <= MOST || name === 'npm');
});
const table = [...new Set([...kept.flatMap((name) => found.without.get(name)), ...found.full.get('-')])].sort();
const numbers = (list) => JSON.stringify(list.map((name) => table.indexOf(name)).sort((a, b) => a - b));
const rows = kept.map((name) => {
  const more = total(found.with.get(name)) - total(found.without.get(name));
  return `    ${JSON.stringify(name)}: { "brings": ${numbers(found.without.get(name))}, "recommended": ${more} }`;
});
const about =
  'What packages bring along on debian:bookworm-slim: `table` has names and `sizes` their installed KiB, `brings` the places of all that is installed without recommended packages, `recommended` the KiB of these, `full` what full images of languages have.';
writeFileSync(
  target,
  `{
  "about": ${JSON.stringify(about)},
  "source": "apt-get install --simulate on ${IMAGE}; installed sizes of Debian's package index of bookworm, amd64",
  "date": "${new Date().toISOString().slice(0, 7)}",
  "table": ${JSON.stringify(table)},
  "sizes": ${JSON.stringify(table.map((name) => sizes.get(name) ?? 0))},
  "full": ${numbers(found.full.get('-'))},
  "packages": {
${rows.join(',\n')}
  }
}
`,
);
console.log(
  `${kept.length} packages; not in Debian or there already: ${names.filter((name) => !kept.includes(name)).join(' ')}`,
);
