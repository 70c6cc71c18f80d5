import type { Site } from '../../app/site';
import { startedCommands } from '../../app/start/startedCommands';
import { phrase } from '../../l10n/phrase';
import { isComposeFile } from '../../project/fileNames';
import type { ShellCommand } from '../../shell/script';
import { anyOf } from '../../text/pattern';
import { type Guard, isGuard, refuse } from '../transform';
import { cargoBuilds, isCargoBuild } from './cargoBuilds';
import { cargoRunStart } from './cargoRun';
import { splitCompiled } from './compiled';
import type { Split } from './compose';
import { dynamicRuntime, staticRuntime } from './debianRuntime';
import { librariesBehind } from './librariesBehind';
import { nameOf, programsOf } from './programs';
import { releaseInBuild } from './releaseInBuild';
import { canDropRoot, ownsWorkdir, writesFiles } from './rootless';
import { isNamedAtRunTime, isReadAtRunTime } from './runtimeFiles';

/** Crates that link a system library, with its header packages; an empty list if the crate bundles the library. */
const NATIVE: Readonly<Record<string, readonly string[]>> = {
  'openssl-sys': ['libssl-dev'],
  'pq-sys': ['libpq-dev'],
  'mysqlclient-sys': ['libmariadb-dev'],
  'libsqlite3-sys': ['libsqlite3-dev'],
  'libz-sys': ['zlib1g-dev'],
  'curl-sys': ['libcurl4-openssl-dev'],
  'libssh2-sys': ['libssh2-1-dev'],
  'bzip2-sys': ['libbz2-dev'],
  'lzma-sys': ['liblzma-dev'],
  'libdbus-sys': ['libdbus-1-dev'],
  'libudev-sys': ['libudev-dev'],
  'alsa-sys': ['libasound2-dev'],
  magick_rust: ['libmagickwand-dev'],
};
/** Bindings for libraries that are always present, that are compiled into the program, or for other systems. */
const WITHOUT_LIBRARY = anyOf(
  /^(?:linux-raw|windows|winapi|kernel32|advapi32|user32|ws2_32|js|web|core-foundation|core-graphics)-?/,
  /^(?:security-framework|system-configuration|io-kit|coreaudio|android|oboe|dirs|inotify|zstd|lz4|ring)-?/,
  /^(?:tikv-jemalloc|jemalloc|mimalloc|libmimalloc|brotli|aws-lc|hermit|fuchsia-zircon|wasi|macos|objc|fsevent)-?/,
  /^(?:kqueue|errno|secp256k1|libloading|prefetch|clang|ndk|nix|io-lifetimes|psm|wasm-bindgen|futures-util|cc)-?/,
  /^(?:netlink|libgit2|librocksdb|rdkafka|onig|libwebp|mozjpeg|lmdb|lmdb-master|lmdb-rkv|libduckdb|libsodium)-?/,
  /^(?:libusb1|gmp-mpfr|wepoll|snmalloc|rpmalloc|blst|libfuzzer|tracy-client|v8|libbpf|hidapi)-?/,
);
/** Crates that verify servers with the system's CA certificates. */
const WITH_CERTIFICATES = /^name = "(?:native-tls|openssl-sys|rustls-native-certs|rustls-platform-verifier)"$/m;

const SOURCE = anyOf(
  /\.(?:rs|lock)$|^(?:benches|examples|\.cargo|\.sqlx)\//,
  /(?:^|\/)(?:Cargo|rustfmt|clippy|Makefile)\.toml$/,
  /(?:^|\/)(?:rust-toolchain(?:\.toml)?|build\.rs|sqlx-data\.json)$/,
);

/** Rust: the binary, on an image with the C library of the same release. */
export function splitRust(given: Site): Split | Guard | undefined {
  const commands = given.stage.instructions.flatMap((node) =>
    node.keyword === 'RUN' ? (node.script?.commands ?? []) : [],
  );
  const started = startedCommands(given);
  const run = cargoRunStart(given, started);
  if (!commands.some(isCargoBuild) && run === undefined) return undefined;
  if (started.commands.length === 0) return refuse('neither CMD nor ENTRYPOINT starts a program');
  if (
    started.commands.some(({ words }) =>
      /(?:^|\/)(?:cargo watch|cargo-watch|bacon)\b/.test(words.map(({ value }) => value).join(' ')),
    )
  )
    return refuse('`{program}` is a development server, which compiles while the container runs', {
      program: 'cargo watch',
    });
  if (isGuard(run)) return run;
  const build = releaseInBuild(given);
  if (isGuard(build)) return build;
  const { site, buildImage } = build;
  const { facts } = site;
  const builds = cargoBuilds(site);
  if (isGuard(builds)) return builds;
  const programs = run
    ? { artefacts: [], moved: [run.program] }
    : programsOf(site, started, new Set(builds.made), (path) => isNamedInCompose(site, nameOf(path)));
  if (isGuard(programs)) return programs;
  const lock = lockOf(site);
  const isMusl = [...programs.artefacts, ...programs.moved.map(({ from }) => from)].every((path) =>
    /-linux-musl\w*\/(?:release|debug)\//.test(path),
  );
  const isAlpine = facts.distro === 'alpine';
  const libraries =
    lock === undefined && dependsOnNothing(site)
      ? []
      : linkedLibraries(lock, isAlpine ? undefined : facts.distroRelease);
  if (isGuard(libraries)) return libraries;
  const linksAlpine = isAlpine && (libraries.length > 0 || /-crt-static/.test(given.dockerfile.text));
  const isStatic = isMusl || (isAlpine && !linksAlpine);
  if (isMusl && libraries.some((name) => !name.startsWith('zlib')))
    return refuse('the program is built for musl but links against system libraries');
  const writes = writesFiles(site);
  const owns = writes && ownsWorkdir(site);
  return splitCompiled(site, {
    language: 'Rust',
    kindOf: rustKind,
    ...programs,
    ...(run ? { epilogue: run.build, start: run.start } : {}),
    ...(buildImage === undefined ? {} : { buildImage }),
    isSource: (file) =>
      SOURCE.test(file) ||
      // Pages next to the sources are read by a path that starts with `src`, or are compiled in.
      (file.startsWith('src/') && !isNamedAtRunTime(site, 'src')),
    isRead: (path) => isReadAtRunTime(site, path),
    isBuildVariable: (name, value) =>
      name === 'PATH'
        ? value.split(':').every((part) => /^\$\{?PATH\}?$|cargo/i.test(part))
        : /^(?:CARGO_\w+|RUSTFLAGS|RUSTC_\w+|RUST_VERSION|RUSTUP_\w+|SQLX_OFFLINE|CC|CXX)$/.test(name),
    libraries: isAlpine || isStatic ? [] : libraries,
    needsItsLibc: linksAlpine,
    alpineLibraries: ['libgcc'],
    checksCertificates: WITH_CERTIFICATES.test(lock ?? ''),
    ownsWorkdir: owns,
    writesElsewhere: writes && !owns,
    runtimeImage: (needs) =>
      isStatic ? staticRuntime(site, needs, canDropRoot(site)) : dynamicRuntime(site, needs, 'cc', canDropRoot(site)),
    risk: phrase('A library or file that the program loads at run time must be in the final image.'),
  });
}

function rustKind({ name, words }: ShellCommand): 'build' | 'check' | undefined {
  if (name === 'cargo') return /^(?:test|clippy|fmt|check)$/.test(words[1]?.value ?? '') ? 'check' : 'build';
  return name === 'rustup' || name === 'strip' || name === 'upx' || name === 'rustc' ? 'build' : undefined;
}

/** A Compose service starts it instead. */
function isNamedInCompose({ context }: Site, name: string): boolean {
  return [...context.files.keys()].some(
    (path) =>
      isComposeFile(path) &&
      (context.read(path) ?? '')
        .split('\n')
        .some((line) => /^\s{0,20}(?:command|entrypoint):/.test(line) && line.includes(name)),
  );
}

/** The project's lock file: next to the copied manifest, or above it in a workspace. */
function lockOf({ copied, context }: Site): string | undefined {
  const path = [...copied.files.values()]
    .filter((file) => /(?:^|\/)Cargo\.lock$/.test(file))
    .sort((a, b) => a.length - b.length)[0];
  return path === undefined ? undefined : context.read(path);
}

/** Without a lock file this is certain only if there are no dependencies. */
function dependsOnNothing({ copied, context }: Site): boolean {
  const manifests = [...copied.files.values()].filter((file) => /(?:^|\/)Cargo\.toml$/.test(file));
  return (
    manifests.length > 0 &&
    manifests.every(
      (file) =>
        !/^[ \t]{0,20}\[[^\]\n]{0,200}dependencies[\].][^[]{0,2000}=/m.test(context.read(file) ?? '[dependencies]\n='),
    )
  );
}

function linkedLibraries(lock: string | undefined, release: string | undefined): string[] | Guard {
  if (lock === undefined) return refuse('Cargo.lock is missing, so the linked libraries are unknown: add it');
  const packages = new Set<string>();
  for (const block of lock.split('[[package]]')) {
    const [, crate] = /^name = "([\w-]+-sys|magick_rust)"$/m.exec(block) ?? [];
    if (crate === undefined) continue;
    if (WITHOUT_LIBRARY.test(crate)) continue;
    // With a C compiler among its dependencies, the crate compiles SQLite into the program.
    if (crate === 'libsqlite3-sys' && block.includes('\n "cc"')) continue;
    const headers = Object.hasOwn(NATIVE, crate) ? NATIVE[crate] : undefined;
    if (!headers) return refuse('the system library that {crate} needs is unknown', { crate });
    const found = librariesBehind(headers, release);
    if (isGuard(found)) return found;
    for (const one of found) packages.add(one);
  }
  return [...packages];
}
