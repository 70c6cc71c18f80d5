import type { Site } from '../../app/site';
import { startedCommands } from '../../app/start/startedCommands';
import { phrase } from '../../l10n/phrase';
import { isComposeFile } from '../../project/fileNames';
import type { ShellCommand } from '../../shell/script';
import { baseName } from '../../text/paths';
import { anyOf } from '../../text/pattern';
import { type Guard, isGuard, refuse } from '../transform';
import { cargoBuilds, isCargoBuild } from './cargoBuilds';
import { cargoNeeds } from './cargoLibraries';
import { cargoRunStart } from './cargoRun';
import { splitCompiled } from './compiled';
import type { Split } from './compose';
import { dynamicRuntime, staticRuntime } from './debianRuntime';
import { programsOf } from './programs';
import { releaseInBuild } from './releaseInBuild';
import { canDropRoot, ownsWorkdir, writesFiles } from './rootless';
import { isNamedAtRunTime, isReadAtRunTime } from './runtimeFiles';

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
    : programsOf(site, started, new Set(builds.made), (path) => isNamedInCompose(site, baseName(path)));
  if (isGuard(programs)) return programs;
  const isMusl = [...programs.artefacts, ...programs.moved.map(({ from }) => from)].every((path) =>
    /-linux-musl\w*\/(?:release|debug)\//.test(path),
  );
  const isAlpine = facts.distro === 'alpine';
  const needs = cargoNeeds(site, isAlpine ? undefined : facts.distroRelease);
  if (isGuard(needs)) return needs;
  const { libraries, checksCertificates } = needs;
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
    isSource: (path) => isRustSource(site, path),
    isRead: (path) => isReadAtRunTime(site, path),
    isBuildVariable: (name, value) =>
      name === 'PATH'
        ? value.split(':').every((part) => /^\$\{?PATH\}?$|cargo/i.test(part))
        : /^(?:CARGO_\w+|RUSTFLAGS|RUSTC_\w+|RUST_VERSION|RUSTUP_\w+|SQLX_OFFLINE|CC|CXX)$/.test(name),
    libraries: isAlpine || isStatic ? [] : libraries,
    needsItsLibc: linksAlpine,
    alpinePackages: linksAlpine ? ['libgcc'] : [],
    checksCertificates,
    ownsWorkdir: owns,
    writesElsewhere: writes && !owns,
    runtimeImage: (given) =>
      isStatic ? staticRuntime(site, given, canDropRoot(site)) : dynamicRuntime(site, given, 'cc', canDropRoot(site)),
    risk: phrase('A library or file that the program loads at run time must be in the final image.'),
  });
}

/** Files that the program needs only to be built. */
export function isRustSource(site: Site, path: string): boolean {
  // Pages next to the sources are read by a path that starts with `src`, or are compiled in.
  return SOURCE.test(path) || (path.startsWith('src/') && !isNamedAtRunTime(site, 'src'));
}

export function rustKind({ name, words }: ShellCommand): 'build' | 'check' | undefined {
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
