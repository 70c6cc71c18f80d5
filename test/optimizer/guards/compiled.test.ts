import { testGuards } from '../../helpers/guards';

const STEP = 'multi-stage';

const GO = {
  dockerfile:
    'FROM golang:1.22\nWORKDIR /app\nCOPY . .\nRUN go build -o server .\nRUN mkdir -p data\nEXPOSE 8080\nCMD ["./server"]\n',
  files: { 'go.mod': 'module example.com/server\n\ngo 1.22\n', 'main.go': 'package main\n' },
};
testGuards('any compiled language', STEP, GO, [
  {
    guard: 'ONBUILD means that other images are built from this one',
    change: { 'EXPOSE 8080': 'ONBUILD COPY . /app\nEXPOSE 8080' },
  },
  { guard: 'SHELL sets an unknown shell', change: { 'EXPOSE 8080': 'SHELL ["/usr/bin/fish", "-c"]\nEXPOSE 8080' } },
  { guard: 'a RUN cannot be parsed', change: { 'RUN mkdir -p data': 'RUN if mkdir data' } },
  {
    guard: 'USER is set before the program is built',
    change: { 'RUN go build -o server .\n': 'USER 1000\n', '["./server"]': '["go", "run", "."]' },
  },
  { guard: 'the user worker exists only in this image', change: { 'RUN go build': 'USER worker\nRUN go build' } },
  {
    guard: 'a variable names a command, so its results are unknown',
    change: { 'RUN mkdir -p data': 'RUN $TOOL data' },
  },
  {
    guard: 'cannot determine which files `frobnicate` leaves behind',
    change: { 'RUN mkdir -p data': 'RUN frobnicate data' },
  },
  {
    guard: 'cannot determine what the files from `curl` are used for',
    change: { 'RUN mkdir -p data': 'RUN curl -fsSLO https://example.com/data.tgz' },
  },
  {
    guard: 'the RUN that starts with `go` also sets up users or files: do that in a separate RUN',
    change: { 'RUN go build -o server .': 'RUN go build -o server . ; mkdir -p /data' },
  },
  {
    guard: 'the variable that names the base image has no value: give the ARG a default',
    change: { 'FROM golang:1.22': 'ARG BASE\nFROM $BASE' },
  },
  { guard: 'Windows images are not converted', change: { 'golang:1.22': 'golang:1.22-nanoserver' } },
  {
    guard: 'COPY names `missing`, which is not in the build context',
    change: { 'COPY . .': 'COPY . .\nCOPY missing ./' },
  },
]);

testGuards('Go', STEP, GO, [
  {
    guard: 'cannot determine what `go run` starts',
    change: { 'RUN go build -o server .\n': '', '["./server"]': '["go", "run", "example.com/tool@latest"]' },
  },
  {
    guard: 'cannot determine what `go run` starts',
    change: { 'RUN go build -o server .\n': '', '["./server"]': '["go", "run", "-exec", "sudo", "."]' },
  },
]);

const DYNAMIC = {
  ...GO,
  files: { ...GO.files, 'main.go': 'package main\n\nimport "C"\n' },
};
testGuards('Go that calls C', STEP, DYNAMIC, [
  {
    guard:
      'the image tag does not name a Debian release, so the C library is unknown: add the release, as in `-bookworm`',
    change: { 'golang:1.22': 'golang:1.9' },
  },
]);

const ALPINE = {
  ...GO,
  dockerfile: GO.dockerfile
    .replace('golang:1.22', 'golang:1.22-alpine')
    .replace('RUN mkdir', 'RUN apk add --no-cache git\nRUN mkdir'),
};
testGuards('Go on Alpine', STEP, ALPINE, []);

const RUST = {
  dockerfile:
    'FROM rust:1.80-bookworm\nWORKDIR /app\nCOPY . .\nRUN cargo build --release\nCMD ["./target/release/tool"]\n',
  files: {
    'Cargo.toml': '[package]\nname = "tool"\nversion = "0.1.0"\n[dependencies]\nitoa = "1"\n',
    'Cargo.lock': '[[package]]\nname = "itoa"\nversion = "1.0.0"\n',
    'src/main.rs': 'fn main() {}\n',
  },
};
testGuards('Rust', STEP, RUST, [
  {
    guard: '`cargo watch` is a development server, which compiles while the container runs',
    change: { '["./target/release/tool"]': '["cargo", "watch", "-x", "run"]' },
  },
  {
    guard: 'cannot determine where cargo writes the program',
    change: { 'cargo build --release': 'cargo build --release --target-dir $OUT' },
  },
  {
    guard: 'cannot determine where cargo writes the program',
    change: { 'cargo build --release': 'cd $SOURCES && cargo build --release' },
  },
  {
    guard: 'Cargo.lock is missing, so the linked libraries are unknown: add it',
    files: { 'Cargo.lock': undefined },
  },
  {
    guard: 'Cargo.lock is not copied, so the linked libraries are unknown: copy it with Cargo.toml',
    change: { 'COPY . .': 'COPY Cargo.toml .\nCOPY src src' },
  },
  {
    guard: 'the program is built for musl but links against system libraries',
    change: {
      '--release\n': '--release --target x86_64-unknown-linux-musl\n',
      'target/release': 'target/x86_64-unknown-linux-musl/release',
    },
    files: { 'Cargo.lock': '[[package]]\nname = "openssl-sys"\nversion = "0.9.0"\n' },
  },
]);

const CARGO_RUN = {
  ...RUST,
  dockerfile: RUST.dockerfile
    .replace('RUN cargo build --release\n', '')
    .replace('["./target/release/tool"]', '["cargo", "run", "--release"]'),
};
testGuards('Rust that is compiled at each start', STEP, CARGO_RUN, [
  {
    guard: 'cannot determine what `cargo run` starts',
    change: { '"--release"': '"--release", "--example", "demo"' },
  },
  {
    guard: 'the program reads variables that cargo sets at run time',
    files: { 'src/main.rs': 'fn main() { std::env::var("CARGO_MANIFEST_DIR"); }\n' },
  },
  {
    guard: 'cannot determine which program `cargo run` starts: name it with --bin',
    files: { 'src/bin/other.rs': 'fn main() {}\n' },
  },
  {
    guard: 'the sources of the program are not among the files that are copied',
    change: { 'COPY . .': 'COPY src src' },
  },
]);

const C = {
  dockerfile:
    'FROM debian:bookworm\nRUN apt-get update && apt-get install -y gcc make\nWORKDIR /app\nCOPY . .\nRUN make\nCMD ["./tool"]\n',
  files: { Makefile: 'tool: main.c\n\tgcc -o tool main.c\n', 'main.c': 'int main() { return 0; }\n' },
};
testGuards('C', STEP, C, [
  {
    guard: 'the libraries of this distribution are unknown',
    change: { 'debian:bookworm': 'fedora:40', 'apt-get update && apt-get install': 'dnf install' },
  },
  {
    guard: 'a build setting determines whether libraries are shared',
    files: { 'CMakeLists.txt': 'option(BUILD_SHARED_LIBS "shared" ON)\nadd_library(a a.c)\n' },
  },
  {
    guard: 'cannot determine which shared libraries are built',
    files: { Makefile: 'tool: main.c\n\tgcc -shared $(LIBS) a.c\n\tgcc -o tool main.c\n' },
  },
]);
testGuards(
  'C in the image of GCC',
  STEP,
  { ...C, dockerfile: 'FROM gcc:13\nWORKDIR /app\nCOPY . .\nRUN make\nCMD ["./tool"]\n' },
  [
    {
      guard: '`make install` writes to the directory of the compiler: install to another prefix',
      change: { 'RUN make': 'RUN make && make install' },
    },
  ],
);
