import type { ImageFacts } from './knowledgeBase';

/** Loaded on first use, not at startup: a static import cannot be deferred. */
declare const require: (path: './data/runtimeLibraries.json') => typeof import('./data/runtimeLibraries.json');
const data = () => require('./data/runtimeLibraries.json');

/** Built on first use: most files have no such package. */
let rows: ReadonlyMap<string, string> | undefined;

/**
 * The runtime library packages that a program needs if it was built with a Debian `-dev` package; empty for a package
 * of headers only. Without a release, the packages of bookworm, if later releases also have them under these names;
 * undefined when unknown.
 */
export function runtimeLibraries(devPackage: string, release: string | undefined): readonly string[] | undefined {
  rows ??= new Map(
    data().packages.map((row) => {
      const colon = row.indexOf(':');
      return [row.slice(0, colon), row.slice(colon + 1)];
    }),
  );
  const lists = rows.get(devPackage)?.split('|').map(namesIn);
  const between = release === undefined ? undefined : UBUNTU.get(release);
  if (between && Object.hasOwn(IN_UBUNTU, devPackage)) return IN_UBUNTU[devPackage];
  if (!lists) return undefined;
  if (lists.every((list) => list?.length === 0)) return [];
  if (release !== undefined && NEWER.test(release)) return undefined;
  if (between) return ofUbuntu(devPackage, between, lists)?.flatMap((name) => IN_UBUNTU[name] ?? name);
  if (lists.length === 1) return lists[0];
  if (release !== undefined) return lists[data().releases.indexOf(release)];
  const [, bookworm, trixie] = lists;
  return bookworm?.every((name) => trixie?.some((other) => other.replace(/t64\b/, '') === name)) ? bookworm : undefined;
}

/**
 * The two Debian releases between which an Ubuntu release was branched from Debian unstable: a name that both use is
 * also valid in Ubuntu. Noble uses trixie's `t64` names (packages.ubuntu.com, 2026-11).
 */
const UBUNTU: ReadonlyMap<string, readonly [string, string]> = new Map([
  ['focal', ['', '']],
  ['jammy', ['bullseye', 'bookworm']],
  ['noble', ['bookworm', 'trixie']],
]);

/** Where Ubuntu differs from Debian, by package of headers or of a library (packages.ubuntu.com, focal to noble, 2026-11). */
const IN_UBUNTU: Readonly<Record<string, readonly string[]>> = {
  'default-libmysqlclient-dev': ['libmysqlclient21'],
  'libmysqlclient-dev': ['libmysqlclient21'],
  'libjpeg62-turbo': ['libjpeg-turbo8'],
};

/** Newer than our data; `ubuntu` is one whose release is unknown. In these, libxml2 has another name. */
const NEWER = /^(?:forky|sid|testing|oracular|plucky|questing|resolute|ubuntu)$/;

/** The release that the names of libraries depend on. */
export function libraryRelease({
  distro,
  distroRelease,
}: Pick<ImageFacts, 'distro' | 'distroRelease'>): string | undefined {
  return distroRelease ?? (distro === 'ubuntu' ? distro : undefined);
}

function ofUbuntu(
  devPackage: string,
  [before, after]: readonly [string, string],
  lists: readonly (readonly string[] | undefined)[],
): readonly string[] | undefined {
  if (lists.length === 1) return lists[0];
  // Ubuntu got OpenSSL 3 before Debian.
  if (devPackage === 'libssl-dev' && after === 'bookworm') return ['libssl3'];
  // Noble has trixie's version of Boost.
  if (devPackage.startsWith('libboost-') && after === 'trixie') return lists[data().releases.indexOf(after)];
  const [older, newer] = [before, after].map((name) => lists[data().releases.indexOf(name)]);
  const isSame = older?.every((name) => newer?.some((other) => other.replace(/t64\b/, '') === name));
  return isSame && older?.length === newer?.length ? newer : undefined;
}

/** Undefined for `-`: the release has no such package. */
function namesIn(list: string): readonly string[] | undefined {
  const names = list.trim();
  if (names === '-') return undefined;
  return names === '' ? [] : names.split(' ');
}

/** True for packages that are in the smallest image of every Debian release. */
export function isInEveryDebian(name: string): boolean {
  return data().present.includes(name);
}
