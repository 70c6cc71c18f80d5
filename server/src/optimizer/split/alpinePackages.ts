import { wordList } from '../../text/wordList';
import type { PackageUse } from './debianPackages';

/** Compilers, build systems and headers that do not link a library of their own. */
const BUILD = wordList`
  alpine-sdk autoconf automake binutils bison build-base cargo ccache clang\d* cmake flex g\+\+ gcc gfortran go
  libc-dev libtool linux-headers m4 make maven gradle meson musl-dev nasm ninja ninja-build npm patch perl-dev
  pkgconf pkgconfig python3?-dev py3-pip py3-setuptools py3-wheel py-pip ruby-dev rust rustup samurai swig yarn
`;

/**
 * For each package with headers, the package with the library, for Alpine 3.17 to 3.22 (pkgs.alpinelinux.org, `so:`
 * entries under "Provides"). An empty list if every image has the library because the package manager is linked
 * against it.
 */
const LIBRARIES: Readonly<Record<string, readonly string[]>> = {
  'cairo-dev': ['cairo'],
  'curl-dev': ['libcurl'],
  'expat-dev': ['libexpat'],
  'freetype-dev': ['freetype'],
  'geos-dev': ['geos'],
  'giflib-dev': ['giflib'],
  'gmp-dev': ['gmp'],
  'hiredis-dev': ['hiredis'],
  'icu-dev': ['icu-libs'],
  'jpeg-dev': ['libjpeg-turbo'],
  'krb5-dev': ['krb5-libs'],
  'lcms2-dev': ['lcms2'],
  'libcurl-dev': ['libcurl'],
  'libevent-dev': ['libevent'],
  'libffi-dev': ['libffi'],
  'libjpeg-turbo-dev': ['libjpeg-turbo'],
  'libmaxminddb-dev': ['libmaxminddb'],
  'libpng-dev': ['libpng'],
  'libpq-dev': ['libpq'],
  'libressl-dev': ['libressl'],
  'libsodium-dev': ['libsodium'],
  'libuv-dev': ['libuv'],
  'libwebp-dev': ['libwebp'],
  'libxml2-dev': ['libxml2'],
  'libxslt-dev': ['libxslt'],
  'libzip-dev': ['libzip'],
  'mariadb-connector-c-dev': ['mariadb-connector-c'],
  'mariadb-dev': ['mariadb-connector-c'],
  // Provided by mariadb-dev.
  'mysql-dev': ['mariadb-connector-c'],
  'mpfr-dev': ['mpfr'],
  'ncurses-dev': ['ncurses-libs'],
  'oniguruma-dev': ['oniguruma'],
  'openblas-dev': ['openblas'],
  'openldap-dev': ['libldap'],
  'openssl-dev': [],
  'pango-dev': ['pango'],
  'pcre-dev': ['pcre'],
  'pcre2-dev': ['pcre2'],
  'pixman-dev': ['pixman'],
  'postgresql-dev': ['libpq'],
  'proj-dev': ['proj'],
  'readline-dev': ['readline'],
  'snappy-dev': ['snappy'],
  'sqlite-dev': ['sqlite-libs'],
  'tiff-dev': ['tiff'],
  'unixodbc-dev': ['unixodbc'],
  'vips-dev': ['vips'],
  'xz-dev': ['xz-libs'],
  'yaml-dev': ['yaml'],
  'zeromq-dev': ['zeromq'],
  'zlib-dev': [],
  'zstd-dev': ['zstd-libs'],
};

/** Compiler libraries that the compiled programs are linked against. */
const OF_COMPILERS: Readonly<Record<string, readonly string[]>> = {
  'alpine-sdk': ['libstdc++'],
  'build-base': ['libstdc++'],
  cargo: ['libgcc'],
  'g++': ['libstdc++'],
  gcc: ['libgcc'],
  gfortran: ['libgfortran', 'libquadmath'],
  rust: ['libgcc'],
};

/** Programs of each package, for tools that builds use and that some programs also call. */
const TOOLS: Readonly<Record<string, readonly string[]>> = {
  bash: ['bash'],
  curl: ['curl'],
  git: ['git'],
  gnupg: ['gpg'],
  make: ['make'],
  nano: ['nano'],
  openssh: ['ssh', 'scp', 'sshd'],
  'openssh-client': ['ssh', 'scp'],
  perl: ['perl'],
  python2: ['python2', 'python'],
  python3: ['python3', 'python'],
  rsync: ['rsync'],
  unzip: ['unzip'],
  vim: ['vim', 'vi'],
  wget: ['wget'],
  xz: ['xz', 'unxz'],
  zip: ['zip'],
};

export const ALPINE_PROGRAMS: ReadonlySet<string> = new Set(Object.values(TOOLS).flat());

/** The use of an Alpine package; undefined for headers whose libraries are unknown. */
export function alpineUseOf(name: string): PackageUse | undefined {
  const libraries = [LIBRARIES, OF_COMPILERS].find((table) => Object.hasOwn(table, name))?.[name];
  if (libraries) return { kind: 'headers', libraries };
  if (BUILD.test(name)) return { kind: 'build' };
  if (Object.hasOwn(TOOLS, name)) return { kind: 'tool', programs: TOOLS[name] ?? [] };
  return name.endsWith('-dev') ? undefined : { kind: 'runtime' };
}
