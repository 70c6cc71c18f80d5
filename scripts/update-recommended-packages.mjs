/**
 * node scripts/update-recommended-packages.mjs <folder>
 * Updates data/recommendedPackages.json: which packages that Dockerfiles use are installed with another package only
 * because it recommends them. The folder is that of update-runtime-libraries.mjs.
 */
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DebianIndex } from './debianIndex.mjs';
import { root } from './dependencies.mjs';

const RELEASES = ['bullseye', 'bookworm', 'trixie'];
const [folder] = process.argv.slice(2);
if (folder === undefined || !RELEASES.every((release) => existsSync(join(folder, release)))) {
  console.error('Usage: node scripts/update-recommended-packages.mjs <folder with bullseye, bookworm and trixie>');
  process.exit(2);
}

const target = join(root, 'server/src/knowledge/data/recommendedPackages.json');
/** Maintained by hand: programs by the package that contains them. */
const { programs } = JSON.parse(readFileSync(target, 'utf8'));
const watched = new Set(Object.keys(programs));
/**
 * Sections with programs; of Python and Java only the tools. Without desktops: the name of one desktop package even
 * matches a Slack token.
 */
const SECTIONS =
  /^(?:admin|comm|database|devel|editors|graphics|httpd|interpreters|java|mail|misc|net|php|ruby|shell|sound|tex|text|utils|vcs|video|web|x11)$/;
const OTHERS =
  /^(?:lib|python3?-|ruby-|php-|node-|fonts-|task-|texlive-|plasma-|gnome-|kde)|xapp-|-(?:doc|data|common|dbg|java|el)$/;
const ASKED_FOR =
  /^(?:python3(?:-(?:pip|venv|dev|full|virtualenv|setuptools|wheel))?|pipx|pipenv|nodejs|npm|ruby|ruby-full|ruby-dev|libcurl4|libreoffice)$/;

/** Programs that download files from servers. */
const SPEAKS_HTTPS =
  /^(?:curl|wget2?|git|mercurial|nodejs|npm|python3|pip|libcurl4|php[\d.]*-cli|lynx|aria2|rclone|httpie|subversion|yt-dlp)$/;

const found = new Map();
for (const index of RELEASES.map((release) => new DebianIndex(join(folder, release)))) {
  for (const name of index.realNames) {
    const { Section } = index.get(name);
    if (!ASKED_FOR.test(name) && (!SECTIONS.test(Section) || OTHERS.test(name))) continue;
    const brought = index.closure([name]);
    const lost = [...index.closureWithRecommended(name)].filter((one) => watched.has(one) && !brought.has(one));
    // All Python packages recommend certificates.
    if (lost.some((one) => one !== 'ca-certificates') || (lost.length > 0 && SPEAKS_HTTPS.test(name)))
      found.set(name, new Set([...(found.get(name) ?? []), ...lost]));
  }
}
const rows = [...found]
  .map(([name, lost]) => `${JSON.stringify(name)}: ${JSON.stringify([...lost].sort().join(' '))}`)
  .sort();
const date = statSync(join(folder, 'bookworm')).mtime.toISOString().slice(0, 7);
const head = {
  about:
    'Packages that others use and that come along with a package only as recommended, in any of the releases; `programs` says by which commands one sees that they are used.',
  source: `Debian's package indices of ${RELEASES.join(', ')}, main, amd64; programs by packages.debian.org`,
  date,
  programs,
};
writeFileSync(
  target,
  `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "packages": {\n    ${rows.join(',\n    ')}\n  }\n}\n`,
);
