import { absolutePath } from '../../app/copiedFiles';
import type { Site } from '../../app/site';
import { startWords } from '../../commands/startProgram';
import { runtimeLibraries } from '../../knowledge/runtimeLibraries';
import { phrase } from '../../l10n/phrase';
import type { ShellCommand } from '../../shell/script';
import { type Guard, isGuard, refuse } from '../transform';
import { splitCompiled, workdirAtEnd } from './compiled';
import type { Split } from './compose';
import { dynamicRuntime } from './debianRuntime';
import { canDropRoot } from './rootless';

const CARGO_BIN = '/usr/local/cargo/bin';

/** Crates that link a library of the system, with its headers; an empty list for what comes with the crate. */
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
};
/** Bindings to what is always there, or to other systems. */
const WITHOUT_LIBRARY =
  /^(?:linux-raw|windows|winapi|js|web|core-foundation|security-framework|system-configuration|android|dirs|inotify|zstd|lz4|ring|tikv-jemalloc|jemalloc|mimalloc|libmimalloc|brotli|aws-lc|hermit|wasi|macos|objc|fsevent|kqueue|errno|secp256k1|libloading|prefetch|clang|ndk|nix|io-lifetimes|psm|wasm-bindgen|futures-util|cc)-?/;

/** Rust: the binary, on an image with the C library of the same release. */
export function splitRust(site: Site): Split | Guard | undefined {
  const { stage, context } = site;
  const commands = stage.instructions.flatMap((node) => (node.keyword === 'RUN' ? (node.script?.commands ?? []) : []));
  if (!commands.some((command) => isBuild(command))) return undefined;
  const [program = ''] = startWords(stage) ?? [];
  if (program === '') return refuse('what is started is not known');
  const libraries = linkedLibraries(context.read('Cargo.lock'), site.facts.distroRelease);
  if (isGuard(libraries)) return libraries;
  if (commands.some(({ words }) => words.some(({ value }) => /^--target(?:=|$)/.test(value))))
    return refuse('it is built for another platform');
  const isInstalled = !program.includes('/');
  const path = isInstalled ? `${CARGO_BIN}/${program}` : absolutePath(program, workdirAtEnd(stage.instructions));
  const names = binaryNames(context.read('Cargo.toml') ?? '');
  const isBuilt = isInstalled
    ? commands.some(({ words }) => words[1]?.value === 'install') && names.includes(program)
    : /\/target\/(?:release|debug)\/[\w-]+$/.test(path) || path.startsWith(`${CARGO_BIN}/`);
  if (!isBuilt) return refuse('`{program}` is not what cargo builds', { program });
  return splitCompiled(site, {
    language: 'Rust',
    kindOf: (command) =>
      command.name === 'cargo' || command.name === 'rustup' || command.name === 'strip' ? 'build' : undefined,
    artefacts: isInstalled ? [] : [path],
    moved: isInstalled ? [{ from: path, to: `/usr/local/bin/${program}` }] : [],
    isSource: (file) =>
      /\.(?:rs|lock)$|(?:^|\/)(?:Cargo\.toml|rust-toolchain(?:\.toml)?|rustfmt\.toml|clippy\.toml|build\.rs)$|^(?:src|benches|examples|\.cargo)\//.test(
        file,
      ),
    isBuildVariable: (name) => /^(?:CARGO_\w+|RUSTFLAGS|RUSTC_\w+|RUST_VERSION)$/.test(name),
    libraries,
    caches: () => ['/usr/local/cargo/registry'],
    runtimeImage: (needs) => dynamicRuntime(site, needs, 'cc', canDropRoot(site)),
    risk: phrase('A library or file that the program loads while it runs has to be in the final image.'),
  });
}

function isBuild({ name, words }: ShellCommand): boolean {
  return (
    name === 'cargo' &&
    /^(?:build|install)$/.test(words.find(({ value }, index) => index > 0 && !value.startsWith('+'))?.value ?? '')
  );
}

/** Names in `[package]` and `[[bin]]`. */
function binaryNames(manifest: string): string[] {
  return [...manifest.matchAll(/^[ \t]*name[ \t]*=[ \t]*"([\w-]+)"/gm)].map(([, name = '']) => name);
}

function linkedLibraries(lock: string | undefined, release: string | undefined): string[] | Guard {
  if (lock === undefined) return refuse('without Cargo.lock the libraries that it is linked against are not known');
  const packages = new Set<string>();
  for (const [, crate = ''] of lock.matchAll(/^name = "([\w-]+-sys)"$/gm)) {
    if (WITHOUT_LIBRARY.test(crate)) continue;
    const headers = Object.hasOwn(NATIVE, crate) ? NATIVE[crate] : undefined;
    if (!headers) return refuse('the library behind {crate} is not known', { crate });
    for (const header of headers) {
      const found = runtimeLibraries(header, release);
      if (!found) return refuse('the runtime libraries behind {name} are not known', { name: header });
      for (const one of found) packages.add(one);
    }
  }
  return [...packages];
}
