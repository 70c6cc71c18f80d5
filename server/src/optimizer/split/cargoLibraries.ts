import type { Site } from '../../app/site';
import { anyOf } from '../../text/pattern';
import { type Guard, isGuard, refuse } from '../transform';
import { librariesBehind } from './librariesBehind';

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

/** What the crates of a program need of the system. */
export interface CargoNeeds {
  readonly libraries: readonly string[];
  readonly checksCertificates: boolean;
}

/** The packages of the libraries that the program is linked against; a guard if they are unknown. */
export function cargoNeeds(site: Site, release: string | undefined): CargoNeeds | Guard {
  const lock = lockOf(site);
  const libraries = lock === undefined ? librariesWithoutLock(site) : linkedLibraries(lock, release);
  return isGuard(libraries) ? libraries : { libraries, checksCertificates: WITH_CERTIFICATES.test(lock ?? '') };
}

/** The project's lock file: next to the copied manifest, or above it in a workspace. */
function lockOf({ copied, context }: Site): string | undefined {
  const path = [...copied.files.values()]
    .filter((file) => /(?:^|\/)Cargo\.lock$/.test(file))
    .sort((a, b) => a.length - b.length)[0];
  return path === undefined ? undefined : context.read(path);
}

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

/** Cargo then chooses the versions itself, even if the project has a lock file that no COPY takes. */
function librariesWithoutLock(site: Site): string[] | Guard {
  if (dependsOnNothing(site)) return [];
  const { copied, context } = site;
  const isThere = [...copied.files.values()].some(
    (file) => /(?:^|\/)Cargo\.toml$/.test(file) && context.files.has(file.replace(/toml$/, 'lock')),
  );
  return isThere
    ? refuse('Cargo.lock is not copied, so the linked libraries are unknown: copy it with Cargo.toml')
    : refuse('Cargo.lock is missing, so the linked libraries are unknown: add it');
}

function linkedLibraries(lock: string, release: string | undefined): string[] | Guard {
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
