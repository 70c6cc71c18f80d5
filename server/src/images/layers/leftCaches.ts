import { type PathTable, ROOT } from './pathTable';

const HOME = '(?:root|home/[^/]+)';

/** Folders with downloads or compiled files of package managers, which recreate them when they need them. */
const CACHES: readonly (readonly [kind: string, folders: RegExp])[] = [
  ['apt lists', /^var\/lib\/apt\/lists$/],
  ['apt cache', /^var\/cache\/apt$/],
  ['apk cache', /^(?:var\/cache\/apk|etc\/apk\/cache)$/],
  ['dnf cache', /^var\/cache\/(?:dnf|libdnf5)$/],
  ['yum cache', /^var\/cache\/yum$/],
  ['zypper cache', /^var\/cache\/zypp$/],
  ['pacman cache', /^var\/cache\/pacman\/pkg$/],
  ['pip cache', inHome('\\.cache/pip')],
  ['uv cache', inHome('\\.cache/uv')],
  ['Poetry cache', inHome('\\.cache/pypoetry')],
  ['conda cache', /^opt\/(?:mini|ana)?conda3?\/pkgs$/],
  ['npm cache', inHome('\\.npm/_cacache')],
  ['Yarn cache', inHome('(?:\\.cache/yarn|\\.yarn/berry/cache)', 'usr/local/share/\\.cache/yarn')],
  ['pnpm store', inHome('(?:\\.local/share/pnpm/store|\\.pnpm-store)')],
  ['Go build cache', inHome('\\.cache/go-build')],
  ['Go modules', inHome('go/pkg/mod', 'go/pkg/mod')],
  ['Cargo registry', inHome('\\.cargo/(?:registry|git)', 'usr/local/cargo/(?:registry|git)')],
  ['Maven repository', inHome('\\.m2/repository')],
  ['Gradle cache', inHome('\\.gradle/caches')],
  ['Composer cache', inHome('(?:\\.composer/cache|\\.cache/composer)')],
  ['NuGet packages', inHome('(?:\\.nuget/packages|\\.local/share/NuGet)')],
  ['gem cache', /^(?:usr\/local\/bundle|usr\/local\/lib\/ruby\/gems\/[^/]+|var\/lib\/gems\/[^/]+)\/cache$/],
];

function inHome(folder: string, ...elsewhere: readonly string[]): RegExp {
  return new RegExp(`^(?:${[`${HOME}/${folder}`, ...elsewhere].join('|')})$`);
}

export interface CacheFolder {
  readonly kind: string;
  readonly path: string;
}

/** Finds the package manager's cache that a folder belongs to; checks each folder once. */
export function createCacheFolders(paths: PathTable): (folder: number) => CacheFolder | undefined {
  const known = new Map<number, CacheFolder | undefined>([[ROOT, undefined]]);
  return (folder) => {
    const unknown: number[] = [];
    let at = folder;
    while (!known.has(at)) {
      unknown.push(at);
      at = paths.parentOf(at);
    }
    let found = known.get(at);
    for (const one of unknown.reverse()) {
      found ??= cacheAt(paths.textOf(one));
      known.set(one, found);
    }
    return found;
  };
}

function cacheAt(path: string): CacheFolder | undefined {
  const kind = CACHES.find(([, folders]) => folders.test(path))?.[0];
  return kind === undefined ? undefined : { kind, path };
}
