import { describe, expect, it } from 'vitest';
import { guardOf, planFor } from '../../helpers/plan';

const FILE = `FROM rust:1.80-bookworm AS build
WORKDIR /src
COPY . .
RUN cargo build --release

FROM rust:1.80-bookworm
WORKDIR /app
COPY --from=build /src/target/release/api .
CMD ["./api"]
`;
const LOCK = (...names: string[]) =>
  `${names.map((name) => `[[package]]\nname = "${name}"\nversion = "0.9.1"\n\n`).join('')}[[package]]\nname = "api"\nversion = "0.1.0"\n`;
const FILES = {
  'Cargo.toml': '[package]\nname = "api"\nversion = "0.1.0"\nedition = "2021"\n',
  'Cargo.lock': LOCK('itoa'),
  'src/main.rs': 'fn main() {}\n',
};

const afterOf = (dockerfile: string, files: Readonly<Record<string, string>> = FILES) =>
  planFor(dockerfile, files).after;
const guard = (dockerfile: string, files: Readonly<Record<string, string>> = FILES) =>
  guardOf(planFor(dockerfile, files), 'runtime-base');

describe('runtime-base, Rust', () => {
  it('runs the program on the C library of the stage that built it', () => {
    expect(afterOf(FILE)).toContain(
      'FROM gcr.io/distroless/cc-debian12:nonroot\nWORKDIR /app\nCOPY --from=build /src/target/release/api .\n',
    );
  });

  it('holds the release of a tag that moves', () => {
    const moving = afterOf(FILE.replaceAll('rust:1.80-bookworm', 'rust:latest'));
    expect(moving).toContain('FROM rust:trixie AS build\n');
    expect(moving).toContain('FROM gcr.io/distroless/cc-debian13:nonroot\n');
  });

  it('installs the libraries and certificates of the crates', () => {
    const after = afterOf(FILE, { ...FILES, 'Cargo.lock': LOCK('openssl-sys', 'native-tls') });
    expect(after).toMatch(
      /FROM debian:bookworm-slim\nRUN apt-get update \\\n {4}&& apt-get install -y --no-install-recommends ca-certificates libssl3 /,
    );
  });

  it('looks at the stages that cargo-chef needs', () => {
    const chef = FILE.replace(
      'FROM rust:1.80-bookworm AS build\nWORKDIR /src\n',
      'FROM rust:1.80-bookworm AS chef\nRUN cargo install cargo-chef\nWORKDIR /src\n\nFROM chef AS build\n',
    );
    expect(afterOf(chef)).toContain('\nFROM gcr.io/distroless/cc-debian12:nonroot\n');
  });

  it('takes a program of Alpine as static', () => {
    expect(afterOf(FILE.replaceAll('-bookworm', '-alpine'))).toContain(
      'FROM gcr.io/distroless/static-debian12:nonroot\n',
    );
  });

  it('says why it stays', () => {
    expect(guard(FILE.replace('CMD ["./api"]\n', ''))).toBe('neither CMD nor ENTRYPOINT starts a program');
    const onPath = FILE.replace('release/api .', 'release/api /usr/local/cargo/bin/api').replace('./api', 'api');
    expect(guard(onPath)).toBe('`api` is found only on the PATH of the toolchain image: start it by its path');
    expect(guard(onPath.replace('CMD', 'ENV PATH=/usr/local/cargo/bin:$PATH\nCMD'))).toBeUndefined();
    expect(guard(FILE.replace('rust:1.80-bookworm AS', 'acme/muslrust:1 AS'))).toBe(
      'unknown base image `acme/muslrust:1`: its packages are not in our data',
    );
    expect(guard(FILE, { ...FILES, 'Cargo.lock': LOCK('frob-sys') })).toBe(
      'the system library that frob-sys needs is unknown',
    );
  });
});
