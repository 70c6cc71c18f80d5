import { absolutePath, workdirAtEnd } from '../../app/copiedFiles';
import type { Site } from '../../app/site';
import { allWords, type Started, startedCommands } from '../../app/start/startedCommands';
import { runtimeLibraries } from '../../knowledge/runtimeLibraries';
import { phrase } from '../../l10n/phrase';
import type { ShellCommand } from '../../shell/script';
import { baseName } from '../../text/paths';
import { anyOf } from '../../text/pattern';
import { wordList } from '../../text/wordList';
import { type Guard, isGuard, refuse } from '../transform';
import { splitCompiled } from './compiled';
import type { Split } from './compose';
import { dynamicRuntime } from './debianRuntime';
import { firstProgram, unknownProgram } from './programs';
import { releaseInBuild } from './releaseInBuild';
import { isReadAtRunTime } from './runtimeFiles';
import { installedPackages } from './systemNeeds';

const COMPILERS = wordList`
  gcc g\+\+ cc c\+\+ clang clang\+\+ make gmake cmake ninja meson ctest configure autoreconf autoconf automake
  aclocal libtoolize autogen\.sh bootstrap vcpkg bootstrap-vcpkg\.sh conan strip ar ranlib ld pkg-config ccache gcc-\d+ g\+\+-\d+
`;

/** `-l` names and CMake package names, with the package that has the headers; '' for parts of the C library. */
const LIBRARIES: Readonly<Record<string, string>> = {
  m: '',
  pthread: '',
  dl: '',
  rt: '',
  c: '',
  util: '',
  gcc_s: '',
  'stdc++': '',
  Threads: '',
  stdcppfs: '',
  'stdc++fs': '',
  resolv: '',
  z: 'zlib1g-dev',
  ZLIB: 'zlib1g-dev',
  curl: 'libcurl4-openssl-dev',
  CURL: 'libcurl4-openssl-dev',
  ssl: 'libssl-dev',
  crypto: 'libssl-dev',
  OpenSSL: 'libssl-dev',
  sqlite3: 'libsqlite3-dev',
  SQLite3: 'libsqlite3-dev',
  pq: 'libpq-dev',
  PostgreSQL: 'libpq-dev',
  ncurses: 'libncurses-dev',
  ncursesw: 'libncurses-dev',
  tinfo: 'libncurses-dev',
  Curses: 'libncurses-dev',
  readline: 'libreadline-dev',
  xml2: 'libxml2-dev',
  LibXml2: 'libxml2-dev',
  yaml: 'libyaml-dev',
  'pcre2-8': 'libpcre2-dev',
  uuid: 'uuid-dev',
  jansson: 'libjansson-dev',
  event: 'libevent-dev',
  uv: 'libuv1-dev',
  png: 'libpng-dev',
  PNG: 'libpng-dev',
  jpeg: 'libjpeg-dev',
  JPEG: 'libjpeg-dev',
  bz2: 'libbz2-dev',
  BZip2: 'libbz2-dev',
  lzma: 'liblzma-dev',
  LibLZMA: 'liblzma-dev',
  zstd: 'libzstd-dev',
  lz4: 'liblz4-dev',
  ffi: 'libffi-dev',
  gmp: 'libgmp-dev',
  mpfr: 'libmpfr-dev',
  expat: 'libexpat1-dev',
  EXPAT: 'libexpat1-dev',
  archive: 'libarchive-dev',
  pcap: 'libpcap-dev',
  cap: 'libcap-dev',
};

/** The package with the headers of a library; '' for parts of the C library, undefined if it is unknown. */
export function headersOf(name: string): string | undefined {
  return Object.hasOwn(LIBRARIES, name) ? LIBRARIES[name] : undefined;
}

/** The newest GCC version whose C++ library a Debian release has. */
const NEWEST_GCC: Readonly<Record<string, number>> = { bullseye: 10, bookworm: 12, trixie: 14 };

/** If one of these is started, it compiles or debugs, so everything that it needs stays. */
const BUILDS_AT_START = /^(?:make|cmake|gcc|g\+\+|cc|c\+\+|clang|clang\+\+|ninja|meson|ctest|gdb|gdbserver|valgrind)$/;

/** If one of these is started, it reads the sources. */
const READS_SOURCES = /^(?:doxygen|cppcheck|clang-format|clang-tidy|cloc|cscope|ctags|gcovr?|lcov)$/;

const CODE = /\.(?:c|h|cc|cpp|cxx|hh|hpp|hxx|ipp|tpp|inl|C)$/;

const SOURCE = anyOf(
  /\.(?:c|h|cc|cpp|cxx|hh|hpp|hxx|ipp|tpp|inl|C|o|a|s|S|inc|in|am|ac|m4|cmake|mk|pc|y|l)$/,
  /(?:^|\/)(?:[Mm]akefile[^/]*|GNUmakefile|CMakeLists\.txt|CMakePresets\.json)$/,
  /(?:^|\/)(?:configure|meson\.build|meson_options\.txt|\.clang-format|\.clang-tidy)$/,
);

/** C and C++: the program, the shared libraries that are built with it, and the system libraries behind its headers. */
export function splitNative(given: Site): Split | Guard | undefined {
  const { stage } = given;
  const commands = stage.instructions.flatMap((node) => (node.keyword === 'RUN' ? (node.script?.commands ?? []) : []));
  const started = startedCommands(given);
  const tool = started.commands
    .map((command) => baseName(allWords(command)[0] ?? ''))
    .find((name) => BUILDS_AT_START.test(name));
  const isBuilt = tool !== undefined || commands.some((command) => nativeKind(command) === 'build');
  if (!hasNativeSources(given)) return undefined;
  const script = isBuilt ? undefined : buildScript(given, commands);
  if (script !== undefined)
    return refuse('`{script}` builds the program: write its commands into the Dockerfile', { script });
  if (!isBuilt) return undefined;
  if (started.commands.length === 0) return refuse('neither CMD nor ENTRYPOINT starts a program');
  if (tool !== undefined)
    return refuse('the container starts `{program}`, which needs the build tools', { program: tool });
  const release = releaseInBuild(given);
  if (isGuard(release)) return release;
  const { site, buildImage } = release;
  const { distro } = site.facts;
  if (distro !== 'debian' && distro !== 'ubuntu' && distro !== 'alpine')
    return refuse('the libraries of this distribution are unknown');
  const buildText = buildFiles(site, commands);
  const sanitizer = sanitizerIn(buildText);
  if (sanitizer !== undefined)
    return refuse('{option} links compiler libraries: build without it, or with `-static-libasan`', {
      option: `\`${sanitizer}\``,
    });
  const boost = boostLibraries(buildText, site.facts.distroRelease);
  if (isGuard(boost)) return boost;
  const isGcc = stage.base.kind === 'image' && /^(?:gcc|buildpack-deps)$/.test(stage.base.image.name);
  // On other images every library comes from a package that the file installs, so that package shows what is needed.
  const installed = installedPackages(stage.instructions).map((name) => name ?? '');
  const libraries = isGcc ? linkedLibraries(buildText, site.facts.distroRelease, installed) : [];
  if (isGuard(libraries)) return libraries;
  const installs = commands.some(
    ({ name, words }) =>
      /^(?:make|ninja|cmake|meson)$/.test(name) &&
      words.some(({ value }) => value === 'install' || value === '--install'),
  );
  if (installs && isGcc)
    return refuse('`make install` writes to the directory of the compiler: install to another prefix');
  const shared = installs ? [] : sharedLibraries(site, buildText);
  if (isGuard(shared)) return shared;
  const artefacts = artefactsOf(site, started, commands, buildText, shared, installs);
  if (isGuard(artefacts)) return artefacts;
  const isCpp = [...site.context.files.keys()].some((path) => /\.(?:cc|cpp|cxx|C)$/.test(path));
  const ofCompiler = isGcc ? compilerLibraries(site, isCpp, buildText) : [];
  const isShared = installs && (/\bSHARED\b|-shared\b/.test(buildText) || CHOOSES_SHARED.test(buildText));
  const readsSources = started.commands.some((command) => READS_SOURCES.test(baseName(allWords(command)[0] ?? '')));
  const isParallel = /-fopenmp|\bOpenMP\b/.test(buildText);
  const isAtomic = /-latomic\b|target_link_libraries\s{0,20}\([^)]{0,500}\batomic\b/.test(buildText);
  return splitCompiled(site, {
    language: isCpp ? 'C++' : 'C',
    kindOf: nativeKind,
    artefacts,
    ...(buildImage === undefined ? {} : { buildImage }),
    moved:
      ofCompiler.length === 0
        ? []
        : [{ from: ofCompiler.map((name) => `/usr/local/lib64/${name}`).join(' '), to: '/usr/local/lib/' }],
    isSource: (path) => !(readsSources && CODE.test(path)) && SOURCE.test(path),
    isRead: (path) => (readsSources && CODE.test(path)) || isReadAtRunTime(site, path),
    isBuildVariable: (name) => /^(?:CC|CXX|CFLAGS|CXXFLAGS|LDFLAGS|MAKEFLAGS|CMAKE_\w+|DEBIAN_FRONTEND)$/.test(name),
    libraries: [
      ...libraries,
      ...(isGcc || distro === 'alpine'
        ? []
        : [...(isParallel ? ['libgomp1'] : []), ...(isAtomic ? ['libatomic1'] : [])]),
    ],
    linked: new Map([
      ['libboost-all-dev', boost],
      // These packages contain both compilers, and so bring the C++ library.
      ...(isCpp ? [] : ['alpine-sdk', 'build-base', 'g++'].map((name) => [name, []] as const)),
    ]),
    needsItsLibc: distro === 'alpine',
    alpinePackages: isParallel ? ['libgomp'] : [],
    runtimeImage: (needs) => dynamicRuntime(site, { ...needs, shell: true }, 'cc', false),
    ...(isShared || ofCompiler.length > 0 ? { setup: ['RUN ldconfig'] } : {}),
    risk: phrase('A library or file that the program loads at run time must be in the final image.'),
  });
}

/** Libraries of a separately installed compiler, if the distribution only has an older version of them. */
function compilerLibraries({ stage, facts }: Site, isCpp: boolean, text: string): string[] {
  const tag = stage.base.kind === 'image' && stage.base.image.name === 'gcc' ? stage.base.image.tag : '0';
  const major = Number.parseInt(tag ?? '', 10);
  if (major <= (NEWEST_GCC[facts.distroRelease ?? ''] ?? 0) || /-static(?:-libstdc\+\+)?(?![\w-])/.test(text))
    return [];
  return [
    ...(isCpp ? ['libgcc_s.so.1'] : []),
    ...(/-fopenmp|\bOpenMP\b/.test(text) ? ['libgomp.so.1'] : []),
    ...(isCpp ? ['libstdc++.so.6'] : []),
  ];
}

function nativeKind({ name, words }: ShellCommand): 'build' | 'check' | undefined {
  if (name === 'ctest' || (name === 'make' && words.some(({ value }) => /^(?:test|check)$/.test(value))))
    return 'check';
  if (name === 'git' && /^(?:clone|submodule|checkout)$/.test(words[1]?.value ?? '')) return 'build';
  return COMPILERS.test(name) ? 'build' : undefined;
}

/** `./build.sh`, `bash scripts/build.sh`: a script next to the sources that calls the compiler. */
function buildScript({ stage, context, copied }: Site, commands: readonly ShellCommand[]): string | undefined {
  return commands
    .flatMap(({ words }) => words.slice(0, 2).map(({ value }) => value))
    .find(
      (word) =>
        word.endsWith('.sh') &&
        /^[ \t]*(?:cmake|make|ninja|meson|gcc|g\+\+|clang(?:\+\+)?)\s/m.test(
          context.read(copied.files.get(absolutePath(word, workdirAtEnd(stage.instructions))) ?? '') ?? '',
        ),
    );
}

function hasNativeSources({ context }: Site): boolean {
  return [...context.files.keys()].some((path) => /\.(?:c|cc|cpp|cxx|C)$/.test(path));
}

/** The text that shows how the program is linked: build files and the commands themselves. */
function buildFiles({ context }: Site, commands: readonly ShellCommand[]): string {
  const files = [...context.files.keys()].filter((path) =>
    /(?:^|\/)(?:[Mm]akefile[^/]*|GNUmakefile|CMakeLists\.txt|[^/]*\.(?:mk|cmake)|meson\.build|configure\.ac)$/.test(
      path,
    ),
  );
  const texts = files.map((path) => (context.read(path) ?? '').replace(/#.*$/gm, ''));
  const calls = commands
    .filter((command) => nativeKind(command) !== undefined)
    .map(({ words }) => words.map(({ value }) => value).join(' '));
  return [...texts, ...calls].join('\n');
}

/**
 * Packages of the libraries that the program is linked against; a guard if they are unknown. Those behind the headers
 * that the file itself installs are known from these packages.
 */
export function linkedLibraries(
  text: string,
  release: string | undefined,
  installed: readonly string[] = [],
): string[] | Guard {
  const names = new Set<string>();
  for (const [, name = ''] of text.matchAll(/(?:^|[\s"'=])-l([\w.+-]+)/g)) names.add(name);
  for (const [, name = ''] of text.matchAll(/find_package\s*\(\s*([\w+-]+)/g)) names.add(name);
  for (const [, name = ''] of text.matchAll(/dependency\(\s*'([\w.+-]+)'/g)) names.add(name);
  if (/pkg_check_modules|PKG_CHECK_MODULES|pkg-config/.test(text)) return refuse('pkg-config chooses the libraries');
  const own = new Set(
    // Bounded: a file of at most 256 KB, and only a line end gives the start.
    [...text.matchAll(/(?:add_library\s*\(\s*|lib)([\w-]{1,80})(?=\.(?:so|a)\b|\s)/g)].map(([, name = '']) => name),
  );
  const packages = new Set<string>();
  for (const name of names) {
    if (own.has(name) || installed.some((one) => isHeadersOf(one, name))) continue;
    const headers = headersOf(name);
    if (headers === undefined) return refuse('cannot determine which package has the library {name}', { name });
    const found = headers === '' ? [] : runtimeLibraries(headers, release);
    if (!found) return refuse('the runtime libraries for {name} are unknown', { name: headers });
    for (const one of found) packages.add(one);
  }
  return [...packages];
}

/** `libboost-all-dev` for `-lboost_system`. */
function isHeadersOf(headers: string, name: string): boolean {
  const [part = ''] = name.toLowerCase().split('_');
  const start = `lib${part}`;
  return headers.endsWith('-dev') && headers.startsWith(start) && !/^[a-z]/.test(headers.slice(start.length));
}

/** A compiler option whose libraries come only with the compiler; undefined if only another kind of build uses it. */
function sanitizerIn(text: string): string | undefined {
  if (/-static-lib(?:asan|tsan|lsan|ubsan)\b/.test(text)) return undefined;
  const isAsked = /-D\w{0,60}(?:ASAN|TSAN|SANITI)\w{0,60}=|=Debug\b|\bmake\s{1,10}(?:debug|asan|sanitize)/i.test(text);
  let depth = 0;
  for (const line of text.split('\n')) {
    if (/^\s{0,40}(?:if\s?\(|ifn?(?:def|eq)\b)/i.test(line)) depth++;
    if (/^\s{0,40}endif\b/i.test(line)) depth--;
    const [option] = /-fsanitize=\w+/.exec(line) ?? [];
    if (option === undefined) continue;
    const rest = line.replaceAll(/-fsanitize=[\w,-]+/g, '');
    const isOther = depth > 0 || /^[\w-]+\s{0,4}:(?!=)|DEBUG|SAN/i.test(rest);
    if (!isOther || isAsked) return option;
  }
  return undefined;
}

/** Boost components whose packages have other names; '' for header-only ones. */
const BOOST: Readonly<Record<string, string>> = {
  'log-setup': 'log',
  'prg-exec-monitor': 'test',
  'test-exec-monitor': 'test',
  'unit-test-framework': 'test',
  wserialization: 'serialization',
  asio: '',
  beast: '',
  boost: '',
  headers: '',
  'header-only': '',
};

/** Boost libraries that the build names; a guard if their packages are unknown. */
function boostLibraries(text: string, release: string | undefined): readonly string[] | Guard {
  const listed = [
    ...text.matchAll(/find_package\s*\(\s*Boost\b([^)]{0,500})/g),
    ...text.matchAll(/dependency\(\s*'boost'([^)]{0,500})/g),
  ].flatMap(([, words = '']) => (/(?:COMPONENTS|modules)\b([\s\S]*)/.exec(words)?.[1] ?? '').match(/[a-z_]\w+/g) ?? []);
  const named = [...text.matchAll(/\bBoost::(\w+)|-lboost_(\w+)/g)].map(
    ([, target, library]) => target ?? library ?? '',
  );
  const found = new Set<string>();
  for (const name of [...listed, ...named]) {
    const part = name.replaceAll('_', '-').replace(/^stacktrace-.*/, 'stacktrace');
    const plain = Object.hasOwn(BOOST, part) ? BOOST[part] : part;
    if (plain === '') continue;
    const header = `libboost-${plain}-dev`;
    const libraries = runtimeLibraries(header, release);
    if (!libraries)
      return release === undefined
        ? refuse('the libraries of {name} depend on the release, which the image tag does not name: add it', {
            name: header,
          })
        : refuse('the runtime libraries for {name} are unknown', { name: header });
    // The package manager installs the dependencies of this library with it.
    for (const one of libraries) if (one.startsWith(`libboost-${plain}1`)) found.add(one);
  }
  return [...found];
}

/** CMake's setting for the kind of the libraries, unless it is switched off. */
const CHOOSES_SHARED = /\bBUILD_SHARED_LIBS(?![ =](?:OFF|0|FALSE|NO)\b)/i;

/** Names of the shared libraries that the build makes; a guard if they are unknown. */
function sharedLibraries({ context }: Site, text: string): string[] | Guard {
  const names = new Set<string>();
  for (const path of context.files.keys()) {
    if (!/(?:^|\/)CMakeLists\.txt$/.test(path)) continue;
    const folder = path.slice(0, path.lastIndexOf('/') + 1);
    for (const [, name = ''] of (context.read(path) ?? '').matchAll(/add_library\s*\(\s*([\w-]+)\s+SHARED/g))
      names.add(`${folder}lib${name}.so`);
  }
  if (CHOOSES_SHARED.test(text)) return refuse('a build setting determines whether libraries are shared');
  if (/-shared\b/.test(text)) {
    const made = [
      ...text.matchAll(/-o\s+(lib[\w.-]{1,80}\.so[\w.]{0,20})|^(lib[\w.-]{1,80}\.so[\w.]{0,20})[ \t]*:/gm),
    ].map(([, one, other]) => one ?? other ?? '');
    if (made.length === 0) return refuse('cannot determine which shared libraries are built');
    for (const name of made) names.add(name);
  }
  return [...names];
}

/**
 * The started programs, with their libraries in the directory of the build; a guard if the build does not make them.
 */
function artefactsOf(
  site: Site,
  started: Started,
  commands: readonly ShellCommand[],
  text: string,
  shared: readonly string[],
  installs: boolean,
): string[] | Guard {
  const programs = new Set<string>();
  const places = commands.flatMap(({ name, words }) =>
    /^(?:cp|mv|install|gcc|g\+\+|cc|c\+\+|clang|clang\+\+)$/.test(name)
      ? words.flatMap(({ value }) => (value.startsWith('/') ? [value] : []))
      : [],
  );
  const unknown = unknownProgram(site, started, (path) => {
    const name = baseName(path);
    if (site.copied.files.has(path) || !isMade(name, text)) return false;
    const place = path.startsWith('/') ? path : places.find((one) => one.endsWith(`/${name}`) || BIN.test(one));
    if (place !== undefined) programs.add(BIN.test(place) ? `${place.replace(/\/$/, '')}/${name}` : place);
    return place !== undefined || installs;
  });
  if (unknown !== undefined || (programs.size === 0 && !installs)) {
    const program = unknown ?? firstProgram(started);
    return site.copied.files.has(absolutePath(program, workdirAtEnd(site.stage.instructions)))
      ? refuse('the container does not start the program that is built')
      : refuse('no step is seen to build `{program}`, which the container starts', { program });
  }
  const [program = ''] = programs;
  const folder = program.slice(0, program.lastIndexOf('/'));
  // Debian's own images have nothing in /usr/local.
  const rest = installs
    ? [[...programs].every((path) => path.startsWith('/usr/local/')) ? '/usr/local/' : '/usr/local/lib/']
    : [];
  return [
    ...[...programs].filter((path) => !installs || !path.startsWith('/usr/local/')),
    ...shared.map((path) => `${folder}/${path}`),
    ...rest,
  ];
}

const BIN = /^(?:\/usr(?:\/local)?)?\/s?bin\/?$/;

/** A build file or a command names it, or it is the compiler's default output name. */
function isMade(name: string, text: string): boolean {
  return name === 'a.out' || /\bPROJECT_NAME\b|\$\(notdir|\bexecutable\(/.test(text) || text.includes(name);
}
