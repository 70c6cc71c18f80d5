import type { BuildContext } from '../../engine/buildContext';
import { phrase } from '../../l10n/phrase';
import { membersOf } from '../../optimizer/resolve/cargoPackages';
import { escapePattern } from '../../text/pattern';
import { line, programName, type Starter, sources, start } from '../starter';

/** Each binary target of the package or workspace is a program. */
export const rust: Starter = ({ context }) => {
  if (!context.files.has('Cargo.toml')) return [];
  const root = context.read('Cargo.toml') ?? '';
  const folders = [...new Set(['', ...membersOf(root, context)])];
  const needsProtoc = folders.some((folder) =>
    /^[ \t]*(?:tonic|prost)-build\b/m.test(context.read(`${folder}Cargo.toml`) ?? ''),
  );
  const binaries = folders.flatMap((folder) => binariesOf(folder, context));
  if (/^\[\[?(?:workspace|package)\.metadata\.leptos\]/m.test(root))
    return [{ name: 'rust', why: phrase('pages of Leptos, which `cargo leptos` builds, are not supported yet') }];
  if (binaries.length === 0) return [{ name: 'rust', why: phrase('Cargo.toml has no binary target') }];
  const isLocked = context.files.has('Cargo.lock');
  return binaries.map((binary) => ({
    name: programName('rust', binary, binaries),
    title: 'Rust',
    lines: [
      line('FROM rust:1', phrase('The newest Rust 1, which also compiles older editions')),
      ...(needsProtoc ? [PROTOC] : []),
      ...sources('/app'),
      isLocked
        ? line(`RUN cargo build --release --locked --bin ${binary}`, phrase('Exactly the versions in Cargo.lock'))
        : line(`RUN cargo build --release --bin ${binary}`, phrase('The binary target of Cargo.toml')),
      start([`/app/target/release/${binary}`], phrase('The program that the build creates')),
    ],
  }));
};

const PROTOC = line(
  'RUN apt-get update && apt-get install -y libprotobuf-dev protobuf-compiler',
  phrase('protoc, which tonic-build and prost-build call'),
);

/** The programs that Cargo finds: https://doc.rust-lang.org/cargo/guide/project-layout.html (2026-11). */
function binariesOf(folder: string, { files, read }: BuildContext): string[] {
  const text = read(`${folder}Cargo.toml`) ?? '';
  const tables = text.split(/^(?=[ \t]*\[)/m);
  const nameIn = (table: string) => /^[ \t]*name[ \t]*=[ \t]*"([\w-]+)"/m.exec(table)?.[1] ?? [];
  const named = tables.filter((table) => /^\s*\[\[bin\]\]/.test(table)).flatMap(nameIn);
  const [own] = tables.filter((table) => /^\s*\[package\]/.test(table));
  if (named.length > 0 || own === undefined || /^[ \t]*autobins[ \t]*=[ \t]*false/m.test(own)) return named;
  const inBin = new RegExp(`^${escapePattern(folder)}src/bin/([\\w-]+)(?:\\.rs|/main\\.rs)$`);
  return [
    ...(files.has(`${folder}src/main.rs`) ? [nameIn(own)].flat() : []),
    ...[...files.keys()].flatMap((path) => inBin.exec(path)?.[1] ?? []),
  ];
}
