import { isInEveryDebian, runtimeLibraries } from '../../knowledge/runtimeLibraries';
import { wordList } from '../../text/wordList';

/** The use of a package in an image that runs a program. */
export type PackageUse =
  /** Only for building: compilers, headers, build systems. */
  | { readonly kind: 'build' }
  /** Headers. The built program needs their libraries. */
  | { readonly kind: 'headers'; readonly libraries: readonly string[] }
  /** Downloads, unpacks or edits files: needed at run time only if the program calls it. */
  | { readonly kind: 'tool'; readonly programs: readonly string[] }
  /** Everything else: it was installed for use at run time. */
  | { readonly kind: 'runtime' };

const BUILD = wordList`
  build-essential gcc g\+\+ cpp clang llvm gcc-\d+ g\+\+-\d+ clang-\d+ cmake cmake-data ninja-build meson autoconf
  automake autotools-dev libtool libtool-bin pkg-config pkgconf bison flex swig gettext m4 nasm yasm dpkg-dev
  debhelper devscripts fakeroot patch gfortran binutils ccache scons gdb valgrind cargo rustc golang golang-go
  golang-\d[\d.]*(?:-go)? maven gradle ant npm yarnpkg python3?-pip python3?-dev python3\.\d+-dev
  python3?-setuptools python3?-wheel python3?-venv python3\.\d+-venv python3?-virtualenv virtualenv pipenv
  composer bundler ruby-dev php-dev php\d[\d.]*-dev default-jdk default-jdk-headless openjdk-\d+-jdk
  openjdk-\d+-jdk-headless apt-transport-https apt-utils software-properties-common
`;

/** Programs of each package, for tools that builds use and that some programs also call. */
const TOOLS: Readonly<Record<string, readonly string[]>> = {
  bzip2: ['bzip2', 'bunzip2'],
  curl: ['curl'],
  dos2unix: ['dos2unix'],
  git: ['git'],
  gnupg: ['gpg'],
  gnupg2: ['gpg', 'gpg2'],
  'lsb-release': ['lsb_release'],
  make: ['make'],
  mercurial: ['hg'],
  nano: ['nano'],
  'protobuf-compiler': ['protoc'],
  rsync: ['rsync'],
  subversion: ['svn'],
  tree: ['tree'],
  unzip: ['unzip'],
  vim: ['vim', 'vi'],
  'vim-tiny': ['vim', 'vi'],
  wget: ['wget'],
  'xz-utils': ['xz', 'unxz'],
  zip: ['zip'],
};

/** All programs that may be removed together with their packages. */
export const TOOL_PROGRAMS: ReadonlySet<string> = new Set(Object.values(TOOLS).flat());

/** The use of a Debian package; undefined for headers whose libraries are unknown. */
export function useOf(name: string, release: string | undefined): PackageUse | undefined {
  if (BUILD.test(name)) return { kind: 'build' };
  if (Object.hasOwn(TOOLS, name)) return { kind: 'tool', programs: TOOLS[name] ?? [] };
  const libraries = runtimeLibraries(name, release);
  if (libraries) return { kind: 'headers', libraries };
  return name.endsWith('-dev') ? undefined : { kind: 'runtime' };
}

/** The JRE package that corresponds to a JDK package: `openjdk-17-jdk` → `openjdk-17-jre-headless`. */
export function jreOf(name: string): string | undefined {
  const version = /^openjdk-(\d+)-jdk(?:-headless)?$/.exec(name)?.[1];
  if (version !== undefined) return `openjdk-${version}-jre-headless`;
  return /^default-jdk(?:-headless)?$/.test(name) ? 'default-jre-headless' : undefined;
}

/** Packages that Ubuntu marks as essential: `dpkg-query -W -f='${Essential} ${Package}\\n'` (24.04, 2026-11). */
const ESSENTIAL =
  /^(?:bash|coreutils|diffutils|findutils|grep|gzip|hostname|login|ncurses-(?:base|bin)|perl-base|sed|tar|util-linux)$/;

/** The packages that the smallest image of the distribution does not have. */
export function lackingIn(distro: string | undefined, packages: readonly string[]): readonly string[] {
  const isThere = distro === 'debian' ? isInEveryDebian : (name: string) => distro === 'ubuntu' && ESSENTIAL.test(name);
  return packages.filter((name) => !isThere(name));
}
