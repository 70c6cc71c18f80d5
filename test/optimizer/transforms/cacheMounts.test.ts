import { describe, expect, it } from 'vitest';
import { guardOf, planFor } from '../../helpers/plan';

const GO = { 'go.mod': 'module example.com/a\n\ngo 1.24\n', 'main.go': 'package main\n\nfunc main() {}\n' };
const WITH_MODULE = { ...GO, 'go.mod': `${GO['go.mod']}require example.com/b v1.0.0\n` };
const GO_FILE = 'FROM golang:1.24-bookworm\nWORKDIR /app\nCOPY . .\nRUN go build -o a .\nCMD ["./a"]\n';
const MAVEN = { 'pom.xml': '<project/>', 'src/main/java/App.java': 'class App {}\n' };
const MAVEN_FILE =
  'FROM maven:3.9-eclipse-temurin-17\nWORKDIR /app\nCOPY . .\nRUN mvn package\nCMD ["java", "-jar", "target/app.jar"]\n';
const BUILDX = { hasBuildKit: true };

function mounted(text: string, files: Readonly<Record<string, string>>, options = BUILDX): string[] {
  const { after } = planFor(text, files, options);
  expect(planFor(after, files, options).after).toBe(after);
  return [...after.matchAll(/^RUN (?:.*--mount(?:.*\\\n)*.*)$/gm)].map(([run]) => run);
}

describe('cache-mounts', () => {
  it('leaves a RUN to the user whose program compiles in the same directory, and mounts the cache of that user', () => {
    const { after } = planFor(
      'FROM node:20-alpine\nWORKDIR /app\nCOPY . .\nRUN npm install\nCMD ["npx", "ng", "serve"]\n',
      { 'package.json': '{"devDependencies":{"@angular/cli":"17"}}', 'a.js': '' },
      { preferCacheMounts: 'always' },
    );
    expect(after).toContain('USER node\nRUN --mount=type=cache,target=/home/node/.npm,uid=1000,gid=1000 npm install\n');
  });

  it('mounts nothing in a home folder that the file sets: it may be that of the program', () => {
    const file =
      'FROM python:3.11\nENV HOME=/code\nWORKDIR /code\nCOPY . .\nRUN pip install -r requirements.txt\nCMD ["python", "app.py"]\n';
    expect(mounted(file, { 'requirements.txt': 'flask==3.0.0\n', 'app.py': 'import flask\n' })).toEqual([]);
  });

  it('mounts nothing for Yarn 2 and later, whose cache is elsewhere', () => {
    const yarn = 'FROM node:20-alpine\nWORKDIR /app\nCOPY . .\nRUN yarn install\nUSER node\nCMD ["node", "a.js"]\n';
    expect(mounted(yarn, { 'package.json': '{}', 'a.js': '' })[0]).toContain('target=/usr/local/share/.cache/yarn');
    expect(mounted(yarn, { 'package.json': '{}', 'a.js': '', '.yarnrc.yml': 'nodeLinker: node-modules\n' })).toEqual(
      [],
    );
  });

  it.each([
    ['', 'poetry install', '/root/.cache/pypoetry/artifacts'],
    ['ENV POETRY_CACHE_DIR=/tmp/p\n', 'poetry install', '/tmp/p/artifacts'],
    ['ENV POETRY_CACHE_DIR=/tmp/p\n', 'poetry install && rm -rf $POETRY_CACHE_DIR', undefined],
    ['ENV POETRY_CACHE_DIR=/tmp/p\n', 'poetry install && rm -rf "${POETRY_CACHE_DIR}"', undefined],
  ])('keeps what Poetry has downloaded, not its environments: %s%s', (before, install, target) => {
    const file = `FROM python:3.12\n${before}RUN pip install poetry\nWORKDIR /app\nCOPY . .\nRUN ${install}\nCMD ["python", "app.py"]\n`;
    const files = { 'pyproject.toml': '', 'poetry.lock': '', 'app.py': '' };
    const { after } = planFor(file, files, BUILDX);
    expect(/target=(\S+) poetry install/.exec(after)?.[1]).toBe(target);
  });

  it('keeps what Bun has downloaded', () => {
    const file = 'FROM oven/bun:1\nWORKDIR /app\nCOPY . .\nRUN bun install\nUSER bun\nCMD ["bun", "a.js"]\n';
    const files = { 'package.json': '{"dependencies":{"a":"1"}}', 'bun.lock': '', 'a.js': '' };
    const { after } = planFor(file, files, { preferCacheMounts: 'always' });
    expect(after).toContain('RUN --mount=type=cache,target=/root/.bun/install/cache bun install');
  });

  it('keeps what Go has compiled, and its modules where it fetches some', () => {
    expect(mounted(GO_FILE, GO)).toEqual([
      'RUN --mount=type=cache,target=/root/.cache/go-build CGO_ENABLED=0 go build -o a .',
    ]);
    expect(mounted(GO_FILE, WITH_MODULE)).toEqual([
      'RUN --mount=type=cache,target=/go/pkg/mod \\\n    --mount=type=cache,target=/root/.cache/go-build \\\n    CGO_ENABLED=0 go build -o a .',
    ]);
  });

  it('leaves no empty line where the command starts below RUN', () => {
    expect(mounted(GO_FILE.replace('RUN go', 'RUN \\\n    go'), WITH_MODULE)).toEqual([
      'RUN --mount=type=cache,target=/go/pkg/mod \\\n    --mount=type=cache,target=/root/.cache/go-build \\\n    CGO_ENABLED=0 go build -o a .',
    ]);
  });

  it('needs no mount for a build that takes nothing out of the cache', () => {
    expect(mounted(GO_FILE.replace('go build', 'go build -a'), GO)).toEqual([]);
  });

  it('needs no mount behind manifests, by whatever pattern', () => {
    const text =
      'FROM node:22-slim\nWORKDIR /app\nCOPY package.json package-lock.json* .npmrc ./\nCOPY prisma ./prisma\nRUN npm ci\nCOPY . .\nUSER node\nCMD ["node", "a.js"]\n';
    const files = {
      'package.json': '{}',
      'package-lock.json': '{}',
      '.npmrc': '',
      'prisma/schema.prisma': '',
      'a.js': '',
    };
    expect(mounted(text, files)).toEqual([]);
  });

  it('needs no mount for a second composer install, which only makes the autoloader', () => {
    const files = { 'composer.json': '{}', 'composer.lock': '{}', 'index.php': '' };
    const text =
      'FROM composer:2 AS vendor\nWORKDIR /app\nCOPY . .\nRUN composer install --no-dev --prefer-dist\nFROM php:8.3-cli-alpine\nCOPY --from=vendor /app /app\nUSER 1000\nCMD ["php", "/app/index.php"]\n';
    expect(mounted(text, files)).toEqual([]);
  });

  it('needs no mount for modules that lie in a layer above the sources', () => {
    const files = { ...WITH_MODULE, 'go.sum': 'x\n' };
    const { after } = planFor(GO_FILE, files, BUILDX);
    expect(after).toContain('COPY go.mod go.sum ./\nRUN go mod download\nCOPY . .\n');
    expect(mounted(GO_FILE, files)).toEqual([
      'RUN --mount=type=cache,target=/root/.cache/go-build CGO_ENABLED=0 go build -o a .',
    ]);
  });

  it('needs no mount for a cache that a variable turns off', () => {
    const text = (value: string) =>
      `FROM python:3.12-slim\nENV PIP_NO_CACHE_DIR=${value}\nWORKDIR /app\nCOPY . .\nRUN pip install -e .\nCMD ["bash"]\n`;
    expect(mounted(text('1'), { 'pyproject.toml': '' })).toEqual([]);
    expect(mounted(text('0'), { 'pyproject.toml': '' })).toHaveLength(1);
  });

  it('is taken where BuildKit is known to build, or by choice', () => {
    expect(guardOf(planFor(GO_FILE, GO), 'cache-mounts')).toMatch(/^nothing here shows that BuildKit builds/);
    expect(planFor(GO_FILE, GO, { preferCacheMounts: 'always' }).after).toContain('--mount=type=cache');
    expect(planFor(GO_FILE, GO, { ...BUILDX, preferCacheMounts: 'never' }).after).not.toContain('--mount');
    expect(planFor(GO_FILE, GO, { ...BUILDX, level: 'safe' }).after).not.toContain('--mount');
    const compose = { ...GO, 'compose.yaml': 'services:\n  a:\n    build: .\n' };
    const step = planFor(GO_FILE, compose).steps.find(({ id }) => id === 'cache-mounts');
    expect(step?.reason).toMatch(/^`compose\.yaml` builds the image with BuildKit\. A cache mount keeps/);
    const kaniko = { ...compose, '.gitlab-ci.yml': 'image: gcr.io/kaniko-project/executor\n' };
    expect(guardOf(planFor(GO_FILE, kaniko, BUILDX), 'cache-mounts')).toMatch(/builds with kaniko/);
  });

  it('keeps the repository of Maven in place of a layer, and no settings hidden', () => {
    expect(mounted(MAVEN_FILE, MAVEN)).toEqual(['RUN --mount=type=cache,target=/root/.m2 mvn package']);
    expect(planFor(MAVEN_FILE, MAVEN, BUILDX).after).not.toContain('go-offline');
    expect(planFor(MAVEN_FILE, MAVEN).after).toContain('RUN mvn dependency:go-offline\n');
    const own = MAVEN_FILE.replace('RUN', 'COPY settings.xml /root/.m2/\nRUN');
    expect(mounted(own, { ...MAVEN, 'settings.xml': '<settings/>' })).toEqual([
      'RUN --mount=type=cache,target=/root/.m2/repository mvn package',
    ]);
  });

  it.each([
    [
      'a layer holds the dependencies',
      MAVEN_FILE.replace('COPY . .', 'COPY pom.xml .\nRUN mvn dependency:go-offline\nCOPY . .'),
    ],
    ['the repository is elsewhere', MAVEN_FILE.replace('COPY', 'ENV MAVEN_OPTS=-Dmaven.repo.local=/repo\nCOPY')],
    ['a command must not fetch', MAVEN_FILE.replace('mvn package', 'mvn verify && mvn -o package')],
    [
      'another stage takes the folder',
      `${MAVEN_FILE.replace('\n', ' AS b\n')}\nFROM eclipse-temurin:17\nCOPY --from=b /root/.m2 /m2\nCOPY --from=b /app/target/app.jar .\nCMD ["java", "-jar", "app.jar"]\n`,
    ],
    ['a command names the folder', MAVEN_FILE.replace('RUN', 'RUN mkdir -p /root/.m2/repository\nRUN')],
    ['the container runs the tool', MAVEN_FILE.replace('CMD', 'ENTRYPOINT ["mvn"]\nCMD')],
  ])('is not taken where %s', (_, text) => {
    expect(mounted(text, MAVEN)).toEqual([]);
  });

  it('mounts for each command that uses the modules', () => {
    const text = GO_FILE.replace('RUN', 'RUN go mod tidy\nRUN go vet ./...\nRUN');
    const runs = mounted(text, WITH_MODULE);
    expect(runs).toHaveLength(3);
    for (const run of runs) expect(run).toContain('target=/go/pkg/mod');
  });

  it('knows what make calls', () => {
    const text = GO_FILE.replace('go build -o a .', 'make');
    const makefile = { ...GO, Makefile: 'a:\n\tgo build -o a .\n' };
    expect(mounted(text, makefile)).toEqual(['RUN --mount=type=cache,target=/root/.cache/go-build make']);
    expect(mounted(text, { ...makefile, Makefile: `export GOCACHE=/c\n${makefile.Makefile}` })).toEqual([]);
  });

  describe('Cargo', () => {
    const CRATE = {
      'Cargo.toml': '[package]\nname = "a"\nversion = "0.1.0"\n\n[dependencies]\nb = "1"\n',
      'Cargo.lock': '[[package]]\nname = "b"\nsource = "registry+https://github.com/rust-lang/crates.io-index"\n',
      'src/main.rs': 'fn main() {}\n',
    };
    const WITH_SCRIPT = { ...CRATE, 'build.rs': 'fn main() {}\n' };
    const FILE =
      'FROM rust:1.80-bookworm\nWORKDIR /app\nCOPY . .\nRUN cargo build --release\nCMD ["./target/release/a"]\n';

    it('needs no mount where a layer holds what is compiled', () => {
      const { after } = planFor(FILE, CRATE, BUILDX);
      expect(after).toContain('rm -r src target/release/.fingerprint/a-*\n');
      expect(after).not.toContain('--mount');
    });

    it('copies the program out of the mount, and compiles the sources whatever their time', () => {
      expect(mounted(FILE, WITH_SCRIPT)).toEqual([
        "RUN --mount=type=cache,target=/usr/local/cargo/registry \\\n    --mount=type=cache,target=/app/target \\\n    find . -name '*.rs' -not -path './target/*' -exec touch {} + \\\n    && cargo build --release \\\n    && cp /app/target/release/a /usr/local/bin/",
      ]);
      expect(planFor(FILE, WITH_SCRIPT, BUILDX).after).toContain(
        'COPY --from=build /usr/local/bin/a /app/target/release/a\n',
      );
    });

    it('lets a second builder stand between the build and the COPY of its program', () => {
      const text =
        'FROM rust:1.80-bookworm AS build\nWORKDIR /app\nCOPY . .\nRUN cargo build --release\n\nFROM golang:1.24 AS tool\nWORKDIR /t\nCOPY . .\nRUN go build -o /t/b .\n\nFROM debian:bookworm-slim\nCOPY --from=build /app/target/release/a /usr/bin/a\nCOPY --from=tool /t/b /usr/bin/b\nUSER 1000\nCMD ["a"]\n';
      expect(mounted(text, { ...WITH_SCRIPT, ...GO })).toHaveLength(2);
    });

    it('mounts nothing over a store that a variable of the base image names', () => {
      const text =
        'FROM rust:1.80-bookworm AS deps\nWORKDIR /app\nCOPY Cargo.toml Cargo.lock ./\nRUN cargo fetch\n\nFROM rust:1.80-bookworm AS build\nWORKDIR /app\nCOPY . .\nCOPY --from=deps $CARGO_HOME $CARGO_HOME\nRUN cargo build --release\n\nFROM debian:bookworm-slim\nCOPY --from=build /app/target/release/a /usr/bin/a\nUSER 1000\nCMD ["a"]\n';
      expect(mounted(text, WITH_SCRIPT)).toEqual([]);
    });

    it('mounts it only for the RUN that builds, beside one that fetches', () => {
      const text =
        'FROM rust:1.80-bookworm AS build\nWORKDIR /app\nCOPY Cargo.toml Cargo.lock ./\nCOPY src/main.rs src/\nRUN cargo fetch\nCOPY src src\nRUN cargo build --release\n\nFROM debian:bookworm-slim\nCOPY --from=build /app/target/release/a /usr/bin/a\nUSER 1000\nCMD ["a"]\n';
      expect(mounted(text, WITH_SCRIPT)).toEqual([
        'RUN --mount=type=cache,target=/usr/local/cargo/registry cargo fetch',
        "RUN --mount=type=cache,target=/usr/local/cargo/registry \\\n    --mount=type=cache,target=/app/target \\\n    find . -name '*.rs' -not -path './target/*' -exec touch {} + \\\n    && cargo build --release \\\n    && cp /app/target/release/a /usr/local/bin/",
      ]);
    });

    it('copies nothing that cargo installs elsewhere', () => {
      const text = FILE.replace('cargo build --release', 'cargo install --path .').replace('./target/release/a', 'a');
      expect(mounted(text, WITH_SCRIPT)).toEqual([
        "RUN --mount=type=cache,target=/usr/local/cargo/registry \\\n    --mount=type=cache,target=/app/target \\\n    find . -name '*.rs' -not -path './target/*' -exec touch {} + \\\n    && cargo install --path .",
      ]);
    });

    it('does not search `/` for sources', () => {
      const text =
        'FROM rust:1.80-bookworm AS build\nCOPY . .\nRUN cargo build --release\n\nFROM debian:bookworm-slim\nCOPY --from=build /target/release/a /a\nUSER 1000\nCMD ["/a"]\n';
      expect(mounted(text, WITH_SCRIPT)).toEqual([
        'RUN --mount=type=cache,target=/usr/local/cargo/registry cargo build --release',
      ]);
    });

    it('needs no mount behind cargo-chef', () => {
      const text =
        'FROM lukemathwalker/cargo-chef:latest-rust-1.80 AS chef\nWORKDIR /app\n\nFROM chef AS plan\nCOPY . .\nRUN cargo chef prepare --recipe-path recipe.json\n\nFROM chef AS build\nCOPY --from=plan /app/recipe.json recipe.json\nRUN cargo chef cook --release --recipe-path recipe.json\nCOPY . .\nRUN cargo build --release\n\nFROM debian:bookworm-slim\nCOPY --from=build /app/target/release/a /a\nUSER 1000\nCMD ["/a"]\n';
      expect(mounted(text, WITH_SCRIPT)).toEqual([]);
    });

    it.each([
      ['a later step needs it', FILE.replace('CMD', 'RUN strip target/release/a\nCMD')],
      ['it is not known where it is', FILE.replace('cargo build', 'cargo build --target-dir=$OUT')],
    ])('does not mount the folder where %s', (_, text) => {
      expect(mounted(text, WITH_SCRIPT).join()).not.toContain('/target');
    });
  });

  it('takes out what would empty a cache', () => {
    const text = GO_FILE.replace('-o a .', '-o a . && go clean -cache');
    expect(mounted(text, GO)).toEqual([
      'RUN --mount=type=cache,target=/root/.cache/go-build CGO_ENABLED=0 go build -o a .',
    ]);
    const removed = GO_FILE.replace('-o a .', '-o a . && rm -rf /root/.cache');
    expect(mounted(removed, GO)).toEqual([]);
  });

  it('follows variables that put a cache elsewhere', () => {
    const text = GO_FILE.replace('COPY', 'ENV GOCACHE=/cache/go\nCOPY');
    expect(mounted(text, GO)).toEqual(['RUN --mount=type=cache,target=/cache/go CGO_ENABLED=0 go build -o a .']);
    const open = GO_FILE.replace('COPY', 'ARG GOCACHE\nCOPY');
    expect(mounted(open, GO)).toEqual([]);
  });

  it('gives the folder to who runs the command', () => {
    const text =
      'FROM node:22\nUSER node\nWORKDIR /home/node/app\nCOPY --chown=node . .\nRUN npm ci\nCMD ["node", "a.js"]\n';
    const files = {
      'package.json': '{"scripts": {"postinstall": "node a.js"}}',
      'package-lock.json': '{}',
      'a.js': '',
    };
    expect(mounted(text, files)).toEqual(['RUN --mount=type=cache,target=/home/node/.npm,uid=1000,gid=1000 npm ci']);
  });
});
