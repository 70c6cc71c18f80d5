import { describe, expect, it } from 'vitest';
import { guardOf, planFor } from '../../helpers/plan';

function final(dockerfile: string, files: Record<string, string>): string {
  return planFor(dockerfile, files).after.split('\n\n')[1] ?? '';
}

describe('Java', () => {
  const FILES = { 'pom.xml': '<project/>', 'src/main/java/App.java': 'class App {}\n' };
  const NAIVE =
    'FROM maven:3.9-eclipse-temurin-17\nWORKDIR /app\nCOPY . .\nRUN mvn package\nCMD ["java", "-jar", "target/app.jar"]\n';

  it('runs the jar on the JRE of the same version', () => {
    expect(final(NAIVE, FILES)).toContain('FROM eclipse-temurin:17-jre\n');
    expect(final(NAIVE, FILES)).toContain('COPY --from=build /app/target/app.jar /app/target/app.jar\n');
    expect(final(NAIVE.replace('maven:3.9-eclipse-temurin-17', 'openjdk:17-jdk-slim'), FILES)).toContain(
      'eclipse-temurin:17-jre\n',
    );
  });

  it.each([
    ['the jar has no certain name', NAIVE.replace('app.jar', '*.jar'), FILES, 'the name of the jar is unknown'],
    [
      'the jar names others',
      NAIVE,
      { ...FILES, 'pom.xml': '<addClasspath>true</addClasspath>' },
      'the jar references other jars',
    ],
    [
      'Maven starts it',
      NAIVE.replace('mvn package', 'mvn spring-boot:run'),
      FILES,
      '`mvn` starts or publishes the program',
    ],
    [
      'the version is not known',
      NAIVE.replace(':3.9-eclipse-temurin-17', ':3.9'),
      FILES,
      'the image tag does not name a Java version: use a tag that does',
    ],
  ])('leaves a file alone where %s', (_, dockerfile, files, guard) => {
    expect(guardOf(planFor(dockerfile, files), 'multi-stage')).toBe(guard);
  });
});

describe('C', () => {
  const NAIVE = 'FROM gcc:12\nWORKDIR /src\nCOPY . .\nRUN make\nCMD ["./hello"]\n';
  const FILES = { Makefile: 'hello: hello.c\n\tcc -o hello hello.c -lm -lz\n', 'hello.c': 'int main() {}\n' };

  it('takes the program and the libraries behind its flags', () => {
    expect(final(NAIVE, FILES)).toContain('FROM debian:bookworm-slim\n');
    expect(final(NAIVE, FILES)).toContain('COPY --from=build /src/hello /src/hello\n');
    // Every Debian has zlib.
    expect(final(NAIVE, FILES)).not.toContain('apt-get');
    const noted = { ...FILES, 'hello.c': '// From https://example.com/hello.c\nint main() {}\n' };
    expect(final(NAIVE, noted)).not.toContain('ca-certificates');
    const calling = { ...FILES, 'hello.c': '#define API "https://example.com"\nint main() {}\n' };
    expect(final(NAIVE, calling)).toContain('ca-certificates');
    const withCurl = { ...FILES, Makefile: 'hello:\n\tcc hello.c -lcurl -lz\n' };
    expect(final(NAIVE, withCurl)).toMatch(/--no-install-recommends (?:ca-certificates )?libcurl4 \\\n/);
  });

  it('takes shared libraries of its own along', () => {
    const cmake =
      'FROM debian:bookworm\nRUN apt-get update && apt-get install -y cmake gcc\nWORKDIR /src\nCOPY . .\nRUN cmake -B build && cmake --build build\nCMD ["./build/app"]\n';
    const files = {
      'CMakeLists.txt': 'add_library(sum SHARED sum.c)\nadd_executable(app main.c)\n',
      'main.c': '',
      'sum.c': '',
    };
    expect(final(cmake, files)).toContain('COPY --from=build /src/build/app /src/build/libsum.so /src/build/\n');
  });

  it.each([
    [
      'a library is not known',
      { ...FILES, Makefile: 'hello:\n\tcc -lfrobnicate\n' },
      'cannot determine which package has the library frobnicate',
    ],
    [
      'libraries come from pkg-config',
      { ...FILES, Makefile: 'hello:\n\tcc `pkg-config --libs x`\n' },
      'pkg-config chooses the libraries',
    ],
    [
      'what is started is copied',
      { ...FILES, hello: 'binary' },
      'the container does not start the program that is built',
    ],
  ])('leaves a file alone where %s', (_, files, guard) => {
    expect(guardOf(planFor(NAIVE, files), 'multi-stage')).toBe(guard);
  });
});

describe('Ruby', () => {
  const NAIVE = 'FROM ruby:3.3\nWORKDIR /app\nCOPY . .\nRUN bundle install\nCMD ["bundle", "exec", "rackup"]\n';

  it('compiles gems in the full image', () => {
    const after = final(NAIVE, {
      Gemfile: "gem 'pg'\n",
      'Gemfile.lock': 'GEM\n  specs:\n    pg (1.5.9)\n',
      'config.ru': '',
    });
    expect(after).toContain('FROM ruby:3.3-slim\n');
    expect(after).toContain('--no-install-recommends libpq5 \\\n');
    expect(after).toContain('COPY --from=build /usr/local/bundle /usr/local/bundle\n');
  });
});

describe('PHP', () => {
  it('leaves Composer behind', () => {
    const after = final(
      'FROM debian:bookworm\nRUN apt-get update && apt-get install -y php-cli composer git\nWORKDIR /www\nCOPY . .\nRUN composer install\nCMD ["php", "-S", "0.0.0.0:8080"]\n',
      { 'composer.json': '{}', 'index.php': '' },
    );
    expect(after).toContain('FROM debian:bookworm-slim\n');
    expect(after).toContain('--no-install-recommends ca-certificates php-cli \\\n');
    expect(after).toContain('COPY --from=build /www/vendor /www/vendor\n');
  });
});

describe('Rust', () => {
  const NAIVE =
    'FROM rust:1.80\nWORKDIR /app\nCOPY . .\nRUN cargo build --release\nEXPOSE 8080\nCMD ["./target/release/server"]\n';
  const FILES = {
    'Cargo.toml': '[package]\nname = "server"\n',
    'Cargo.lock': 'name = "serde"\n',
    'src/main.rs': 'fn main() { serve("static"); }\n',
    'static/a.css': '',
    'notes/a.txt': '',
  };

  it('runs the binary with the C library of the same release, and its data', () => {
    const after = final(NAIVE, FILES);
    expect(after).toContain('FROM gcr.io/distroless/cc-debian12:nonroot\n');
    expect(after).toContain('COPY static ./static\n');
    expect(after).not.toContain('notes');
    expect(after).toContain('COPY --from=build /app/target/release/server /app/target/release/server\n');
  });

  it('needs no lock file where the program depends on nothing', () => {
    const { 'Cargo.lock': _, ...unlocked } = FILES;
    expect(final(NAIVE, unlocked)).toContain('FROM gcr.io/distroless/cc-debian12:nonroot\n');
    const depending = { ...unlocked, 'Cargo.toml': `${FILES['Cargo.toml']}\n[dependencies]\nserde = "1"\n` };
    expect(guardOf(planFor(NAIVE, depending), 'multi-stage')).toMatch(/^Cargo\.lock is missing/);
  });

  it('names the release of the nightly images', () => {
    const { after } = planFor(NAIVE.replace('rust:1.80', 'rustlang/rust:nightly'), FILES);
    expect(after).toContain('FROM rustlang/rust:nightly-bookworm AS build\n');
    expect(after).toContain('FROM gcr.io/distroless/cc-debian12:nonroot\n');
  });

  it('puts what cargo installs where the final image looks for programs', () => {
    const installed = NAIVE.replace('cargo build --release', 'cargo install --path .').replace('./target/release/', '');
    expect(final(installed, FILES)).toContain('COPY --from=build /usr/local/cargo/bin/server /usr/local/bin/server\n');
  });

  it.each([
    ['the release of the newest', 'rust', 'rust:trixie', 'cc-debian13'],
    ['of a version without one', 'rust:1.93', 'rust:1.93-trixie', 'cc-debian13'],
    ['of one that is known', 'rust:1.80.1', 'rust:1.80.1', 'cc-debian12'],
  ])('names %s in both stages', (_, base, builder, image) => {
    const { after } = planFor(NAIVE.replace('rust:1.80', base), FILES);
    expect(after).toContain(`FROM ${builder} AS build\n`);
    expect(after).toContain(`FROM gcr.io/distroless/${image}:nonroot\n`);
  });

  it('compiles once what cargo run would compile at each start', () => {
    const run = NAIVE.replace('RUN cargo build --release\n', '').replace(
      '"./target/release/server"',
      '"cargo", "run", "--release", "--", "--port", "8080"',
    );
    const { after } = planFor(run, FILES);
    expect(after).toContain('RUN cargo build --release\n');
    expect(after).toContain('COPY --from=build /app/target/release/server /usr/local/bin/server\n');
    expect(after).toContain('CMD ["server", "--port", "8080"]\n');
  });

  it('knows the short names of cargo', () => {
    const run = NAIVE.replace('build --release', 'b -r').replace('"./target/release/server"', '"cargo", "r", "-r"');
    const { after } = planFor(run, FILES);
    expect(after).toContain('COPY --from=build /app/target/release/server /usr/local/bin/server\n');
    expect(after).toContain('CMD ["server"]\n');
  });

  it('sees a build in exec form', () => {
    const run = NAIVE.replace('RUN cargo build --release', 'RUN ["cargo", "build", "--release"]').replace(
      '"./target/release/server"',
      '"cargo", "run", "--release"',
    );
    const { after } = planFor(run, FILES);
    expect(after.match(/cargo.*build/g)).toHaveLength(1);
    expect(after).toContain('CMD ["server"]\n');
  });

  it('takes pages among the sources that are read by their path', () => {
    const pages = { 'src/pages/a.css': '', 'src/pages/b.html': '' };
    const read = { ...FILES, ...pages, 'src/main.rs': 'fn main() { Files::new("/a", "./src/pages"); }\n' };
    expect(final(NAIVE, read)).toContain(' src/pages ./src/pages\n');
    const inside = { ...FILES, ...pages, 'src/main.rs': 'const A: &str = include_str!("pages/a.css"); // "pages"\n' };
    expect(final(NAIVE, inside)).not.toContain('src/');
  });

  it('knows programs of workspaces, and where they are copied', () => {
    const files = {
      'Cargo.toml': '[workspace]\nmembers = ["api", "lib"]\n',
      'Cargo.lock': FILES['Cargo.lock'],
      'api/Cargo.toml': '[package]\nname = "api"\n',
      'api/src/main.rs': 'fn main() {}\n',
      'api/src/bin/admin.rs': 'fn main() {}\n',
      'lib/Cargo.toml': '[package]\nname = "lib"\n',
    };
    const dockerfile = NAIVE.replace('--release', '--release -p api && cp target/release/api /usr/local/bin/').replace(
      './target/release/server',
      'api',
    );
    expect(final(dockerfile, files)).toContain('COPY --from=build /usr/local/bin/api /usr/local/bin/api\n');
  });

  it('has certificates where a crate checks them', () => {
    const files = { ...FILES, 'Cargo.lock': 'name = "openssl-sys"\nname = "native-tls"\n' };
    expect(final(NAIVE, files)).toContain('--no-install-recommends ca-certificates libssl3 \\\n');
  });

  it('takes SQLite to be part of the program where its crate compiles it', () => {
    const lock = (more: string) => ({
      ...FILES,
      'Cargo.lock': `[[package]]\nname = "libsqlite3-sys"\nversion = "0.30.1"\ndependencies = [\n${more} "pkg-config",\n "vcpkg",\n]\n\n[[package]]\nname = "serde"\n`,
    });
    expect(final(NAIVE, lock(' "cc",\n'))).toContain('FROM gcr.io/distroless/cc-debian12:nonroot\n');
    expect(final(NAIVE, lock(''))).toContain('libsqlite3-0');
  });

  it('knows the libraries behind crates', () => {
    const files = { ...FILES, 'Cargo.lock': 'name = "pq-sys"\nname = "linux-raw-sys"\n' };
    expect(final(NAIVE, files)).toContain('--no-install-recommends libpq5 \\\n');
    const unknown = planFor(NAIVE, { ...FILES, 'Cargo.lock': 'name = "frobnicate-sys"\n' });
    expect(guardOf(unknown, 'multi-stage')).toBe('the system library that frobnicate-sys needs is unknown');
  });
});

describe('.NET', () => {
  const NAIVE =
    'FROM mcr.microsoft.com/dotnet/sdk:8.0\nWORKDIR /src\nCOPY . .\nRUN dotnet publish -c Release -o /app\nWORKDIR /app\nENTRYPOINT ["dotnet", "web.dll"]\n';

  it('runs what is published on the runtime that the project asks for', () => {
    const web = final(NAIVE, { 'web.csproj': '<Project Sdk="Microsoft.NET.Sdk.Web"/>', 'Program.cs': '' });
    expect(web).toContain('FROM mcr.microsoft.com/dotnet/aspnet:8.0\n');
    expect(web).toContain('COPY --chown=app:app --from=build /app /app\n');
    const console = final(NAIVE, { 'web.csproj': '<Project Sdk="Microsoft.NET.Sdk"/>', 'Program.cs': '' });
    expect(console).toContain('FROM mcr.microsoft.com/dotnet/runtime:8.0\n');
  });

  it.each([
    [
      'it is run from its sources',
      NAIVE.replace('dotnet publish -c Release -o /app', 'dotnet build'),
      'nothing is published: build the program with `dotnet publish`',
    ],
    [
      'the folder is not known',
      NAIVE.replace(' -o /app', ''),
      'cannot determine the output directory of `dotnet publish`: set it with -o',
    ],
  ])('leaves a file alone where %s', (_, dockerfile, guard) => {
    const plan = planFor(dockerfile, { 'web.csproj': '<Project/>', 'Program.cs': '' });
    expect(guardOf(plan, 'multi-stage')).toBe(guard);
  });
});
