import { describe, expect, it } from 'vitest';
import { guardOf, planFor } from '../../helpers/plan';

const final = (image: string) => `\n\nFROM ${image}\nCOPY --from=build /a /a\nUSER 1000\nCMD ["/a"]\n`;

describe('dependencies-first', () => {
  describe('Gradle', () => {
    const NAIVE = `FROM eclipse-temurin:21-jdk AS build\nWORKDIR /src\nCOPY . .\nRUN ./gradlew bootJar -x test --no-daemon -Pprod${final('eclipse-temurin:21-jre')}`;
    const FILES = {
      'build.gradle':
        "plugins { id 'java' }\n// include the file of dependencies\ndependencies { implementation 'a:b:1' }\n",
      'settings.gradle': "rootProject.name = 'a'\n",
      gradlew: '#!/bin/sh\n',
      'gradle/wrapper/gradle-wrapper.properties': '',
      'src/main/java/A.java': '',
    };

    it('fetches with the wrapper, and the options of the build', () => {
      const { after } = planFor(NAIVE, FILES);
      expect(after).toContain(
        'COPY build.gradle settings.gradle gradlew ./\nCOPY gradle gradle/\nRUN ./gradlew dependencies --no-daemon -Pprod\nCOPY . .\nRUN ./gradlew bootJar',
      );
      expect(planFor(after, FILES).after).toBe(after);
    });

    it('asks each project of the build for its dependencies', () => {
      const files = {
        ...FILES,
        'settings.gradle': "include 'api', ':libs:core',\n  'docs'\n",
        'api/build.gradle': '',
        'libs/core/build.gradle.kts': '',
        'api/src/A.java': '',
      };
      const { after } = planFor(NAIVE.replace('bootJar', ':api:bootJar'), files);
      expect(after).toContain(
        'COPY libs/core/build.gradle.kts libs/core/\nCOPY gradle gradle/\nRUN ./gradlew dependencies :api:dependencies :libs:core:dependencies :docs:dependencies --no-daemon -Pprod\n',
      );
    });

    it('needs no layer where a cache is mounted', () => {
      const { after } = planFor(NAIVE, FILES, { hasBuildKit: true });
      expect(after).toContain('COPY . .\nRUN --mount=type=cache,target=/root/.gradle ./gradlew bootJar');
    });

    it.each([
      ['settings.gradle', "includeBuild 'api'\n", 'the Gradle build has other projects, which are needed first'],
      ['settings.gradle', 'include(modules)\n', 'the Gradle build has other projects, which are needed first'],
      ['buildSrc/build.gradle', '', 'the Gradle build has other projects, which are needed first'],
      [
        'settings.gradle',
        "include 'api'\nproject(':api').projectDir = new File('x')\n",
        'the Gradle build has other projects, which are needed first',
      ],
      [
        'build.gradle',
        "apply from: 'more.gradle'\n",
        'the Gradle build script reads files of the project, which are needed first',
      ],
    ])('is refused where %s has %s', (path, text, guard) => {
      expect(guardOf(planFor(NAIVE, { ...FILES, [path]: text }), 'dependencies-first')).toBe(guard);
    });
  });

  describe('sbt and Leiningen', () => {
    const file = (build: string) =>
      `FROM sbtscala/scala-sbt:eclipse-temurin-17.0.10_7_1.10.0_2.13.14 AS build\nWORKDIR /src\nCOPY . .\nRUN ${build}${final('eclipse-temurin:17-jre')}`;
    const SBT = {
      'build.sbt': 'lazy val root = (project in file("."))\n',
      'project/plugins.sbt': '',
      'project/build.properties': '',
      'src/main/scala/A.scala': '',
    };
    const CLJ = { 'project.clj': '(defproject a "1.0")', 'src/a.clj': '' };

    it('download with the build definition alone', () => {
      expect(planFor(file('sbt clean stage'), SBT).after).toContain(
        'COPY build.sbt ./\nCOPY project/plugins.sbt project/build.properties project/\nRUN sbt update\nCOPY . .\nRUN sbt clean stage',
      );
      expect(planFor(file('lein uberjar'), CLJ).after).toContain(
        'COPY project.clj ./\nRUN lein deps\nCOPY . .\nRUN lein uberjar',
      );
    });

    it('move the sources behind a download that is there', () => {
      expect(planFor(file('sbt update\nRUN sbt stage'), SBT).after).toContain(
        'project/\nRUN sbt update\nCOPY . .\nRUN sbt stage',
      );
      expect(planFor(file('lein deps\nRUN lein uberjar'), CLJ).after).toContain(
        'COPY project.clj ./\nRUN lein deps\nCOPY . .\nRUN lein uberjar',
      );
    });

    it.each([
      [
        'sbt stage',
        { 'build.sbt': 'lazy val a = (project in file("a"))\n' },
        'the sbt build has other projects, which are needed first',
      ],
      [
        'sbt stage',
        { 'build.sbt': 'version := IO.read(file("VERSION"))\n' },
        'the sbt build reads files of the project, which are needed first',
      ],
      [
        'lein uberjar',
        { 'project.clj': '(defproject a ~(slurp "VERSION"))' },
        'project.clj refers to files of the project, which are needed first',
      ],
    ])('are refused: %s with %o', (build, files, guard) => {
      expect(guardOf(planFor(file(build), { ...SBT, ...CLJ, ...files }), 'dependencies-first')).toBe(guard);
    });

    it('do nothing for tasks that are not known', () => {
      const ids = planFor(file('sbt "project web" stage'), SBT).steps.map(({ id }) => id);
      expect(ids).not.toContain('dependencies-first');
      expect(planFor(file('lein with-profile prod uberjar'), CLJ).steps.map(({ id }) => id)).not.toContain(
        'dependencies-first',
      );
    });
  });

  describe('Maven', () => {
    const NAIVE = `FROM maven:3.9-eclipse-temurin-21 AS build\nWORKDIR /src\nCOPY . .\nRUN mvn -B package -DskipTests -Pprod${final('eclipse-temurin:21-jre')}`;
    const POM = '<project><artifactId>a</artifactId></project>';

    it('fetches with the options of the build', () => {
      expect(planFor(NAIVE, { 'pom.xml': POM, 'src/A.java': '' }).after).toContain(
        'COPY pom.xml ./\nRUN mvn -B -Pprod dependency:go-offline\nCOPY . .\nRUN mvn -B package',
      );
    });

    describe('with modules', () => {
      const build = NAIVE.replace(' -Pprod', ' -pl web -am');
      const module = (more = '') =>
        `<project><parent><relativePath>../pom.xml</relativePath></parent>${more}</project>`;
      const files = (more = '') => ({
        'pom.xml': '<project><modules><module>core</module><module>web</module></modules></project>',
        'core/pom.xml': module(),
        'web/pom.xml': module(more),
        'web/src/A.java': '',
      });
      const plugin = (name: string) => `<plugin><artifactId>${name}</artifactId></plugin>`;

      it('packages them once without sources, which brings what they need', () => {
        expect(planFor(build, files(plugin('spring-boot-maven-plugin'))).after).toContain(
          'COPY pom.xml ./\nCOPY core/pom.xml core/\nCOPY web/pom.xml web/\nRUN mvn -B -pl web -am package -DskipTests -Dspring-boot.repackage.skip\nCOPY . .\nRUN mvn -B package',
        );
      });

      it.each([
        ['`jib-maven-plugin` may need the sources of the modules', build, plugin('jib-maven-plugin')],
        ['pom.xml has modules that the download needs', build, '<packaging>war</packaging>'],
        ['a variable names the module', build.replace('-pl web', '-pl $MODULE'), ''],
        [
          'pom.xml refers to project files that the download needs',
          build,
          '<relativePath>../../pom.xml</relativePath>',
        ],
      ])('is refused: %s', (guard, dockerfile, more) => {
        expect(guardOf(planFor(dockerfile, files(more)), 'dependencies-first')).toBe(guard);
      });
    });

    it('copies the wrapper and its settings', () => {
      const { after } = planFor(NAIVE.replace('RUN mvn', 'RUN ./mvnw'), {
        'pom.xml': POM,
        mvnw: '',
        '.mvn/wrapper/maven-wrapper.properties': '',
        'src/A.java': '',
      });
      expect(after).toContain(
        'COPY pom.xml mvnw ./\nCOPY .mvn .mvn/\nRUN ./mvnw -B -Pprod dependency:go-offline\nCOPY . .',
      );
    });

    it.each([
      'RUN chmod +x mvnw\nRUN ./mvnw package',
      "RUN sed -i 's/\\r$//' mvnw && chmod +x ./mvnw && ./mvnw package",
    ])('makes the wrapper executable before the sources, and again: %s', (build) => {
      const [stage = ''] = NAIVE.split(/RUN mvn[^\n]*/);
      const text = NAIVE.replace(/RUN mvn[^\n]*/, build);
      const files = { 'pom.xml': POM, mvnw: '', 'src/App.java': '' };
      const { after } = planFor(text, files);
      const prepared = build.replace('\nRUN ', ' && ').replace('package', 'dependency:go-offline');
      expect(after).toContain(`COPY pom.xml mvnw ./\n${prepared}\nCOPY . .\n${build}`);
      expect(after.startsWith(stage.replace('COPY . .\n', ''))).toBe(true);
    });

    it('leaves the settings of Maven where the sources are copied by name', () => {
      const { after } = planFor(NAIVE.replace('COPY . .', 'COPY pom.xml .\nCOPY src src'), {
        'pom.xml': POM,
        'src/App.java': '',
        '.mvn/wrapper/maven-wrapper.properties': '',
      });
      expect(after).toContain('COPY pom.xml .\nRUN mvn -B -Pprod dependency:go-offline\nCOPY src src\n');
    });

    it('finds the project by its file, behind its sources', () => {
      const text = NAIVE.replace('COPY . .', 'COPY src /app/src\nCOPY pom.xml /app').replace(
        'mvn -B',
        'mvn -f /app/pom.xml',
      );
      const { after } = planFor(text.replace('WORKDIR /src\n', ''), { 'pom.xml': POM, 'src/App.java': '' });
      expect(after).toContain(
        'COPY pom.xml /app/\nRUN mvn -f /app/pom.xml -Pprod dependency:go-offline\nCOPY src /app/src\nRUN mvn -f /app/pom.xml package',
      );
    });

    it('finds the project by its file', () => {
      const text = NAIVE.replace('COPY . .', 'COPY . /usr/src/app').replace('mvn -B', 'mvn -f /usr/src/app/pom.xml');
      const { after } = planFor(text.replace('WORKDIR /src\n', ''), { 'pom.xml': POM, 'src/App.java': '' });
      expect(after).toContain(
        'COPY pom.xml /usr/src/app/\nRUN mvn -f /usr/src/app/pom.xml -Pprod dependency:go-offline\nCOPY . /usr/src/app\nRUN mvn -f /usr/src/app/pom.xml package',
      );
    });

    it('adds the step alone where the manifest is copied first', () => {
      const { after } = planFor(NAIVE.replace('COPY . .', 'COPY pom.xml .\nCOPY src src'), {
        'pom.xml': POM,
        'src/A.java': '',
      });
      expect(after).toContain('COPY pom.xml .\nRUN mvn -B -Pprod dependency:go-offline\nCOPY src src\nRUN mvn');
    });

    it.each([
      ['<project><modules><module>a</module></modules></project>', 'pom.xml has modules that the download needs'],
      [
        `<project><systemPath>lib/a.jar</systemPath></project>`,
        'pom.xml refers to project files that the download needs',
      ],
    ])('is refused for %s', (pom, guard) => {
      expect(guardOf(planFor(NAIVE, { 'pom.xml': pom, 'a.java': '' }), 'dependencies-first')).toBe(guard);
    });

    it('does nothing for options that it does not know, without a pom.xml, or a second time', () => {
      const ids = (dockerfile: string, files: Record<string, string>) =>
        planFor(dockerfile, files).steps.map(({ id }) => id);
      expect(ids(NAIVE.replace('-B', '-s conf.xml'), { 'pom.xml': POM, a: '' })).not.toContain('dependencies-first');
      expect(ids(NAIVE, { a: '' })).not.toContain('dependencies-first');
      const { after, files } = planFor(NAIVE, { 'pom.xml': POM, 'src/A.java': '' });
      const written = Object.fromEntries(files.map((file) => [file.path, file.after]));
      expect(ids(after, { 'pom.xml': POM, 'src/A.java': '', ...written })).toEqual([]);
    });
  });

  describe('Go', () => {
    const NAIVE = `FROM golang:1.22 AS build\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /a .${final('gcr.io/distroless/static-debian12')}`;

    it('downloads modules first', () => {
      expect(planFor(NAIVE, { 'go.mod': 'module a', 'go.sum': '', 'a.go': '' }).after).toContain(
        'COPY go.mod go.sum ./\nRUN go mod download\nCOPY . .\n',
      );
    });

    it.each(['go generate ./...', 'go mod tidy', 'go vet ./...'])('does it before `%s` too', (command) => {
      const first = NAIVE.replace('RUN CGO', `RUN ${command} && CGO`);
      const { after } = planFor(first, { 'go.mod': 'module a', 'go.sum': '', 'a.go': '' });
      expect(after).toContain(`COPY go.mod go.sum ./\nRUN go mod download\nCOPY . .\nRUN ${command} && CGO`);
      expect(planFor(after, { 'go.mod': 'module a', 'go.sum': '', 'a.go': '' }).after).toBe(after);
    });

    it('keeps the blank lines around the sources', () => {
      const apart = NAIVE.replace('COPY . .\n', '\nCOPY . .\n\n');
      expect(planFor(apart, { 'go.mod': 'module a', 'go.sum': '', 'a.go': '' }).after).toContain(
        '\n\nCOPY go.mod go.sum ./\nRUN go mod download\n\nCOPY . .\n\nRUN CGO',
      );
      const folders = NAIVE.replace(
        'COPY . .\n',
        'COPY cmd cmd\n\nCOPY pkg pkg\n\nCOPY go.mod go.sum ./\nRUN go mod download \n',
      );
      expect(planFor(folders, { 'go.mod': 'module a', 'go.sum': '', 'cmd/a.go': '', 'pkg/b.go': '' }).after).toContain(
        'COPY go.mod go.sum ./\nRUN go mod download\n\nCOPY cmd cmd\n\nCOPY pkg pkg\nRUN CGO',
      );
    });

    it('is refused where modules lie among the sources', () => {
      const plan = planFor(NAIVE, { 'go.mod': 'replace a => ./b', 'go.sum': '', 'a.go': '' });
      expect(guardOf(plan, 'dependencies-first')).toBe(
        'go.mod replaces a module with a local directory that the download needs',
      );
    });
  });

  describe('Cargo', () => {
    const NAIVE = `FROM rust:1-bookworm AS build\nWORKDIR /src\nCOPY src src\nCOPY Cargo.toml Cargo.toml\nCOPY Cargo.lock Cargo.lock\nRUN cargo build --release --locked${final('debian:bookworm-slim')}`;
    const FILES = {
      'Cargo.toml': '[package]\nname = "tool"\n[dependencies]\nitoa = "1"\n',
      'Cargo.lock': '',
      'src/main.rs': '',
    };

    it('leaves alone what another stage has built the dependencies for', () => {
      const cooked = `FROM rust:1-bookworm AS cacher\nWORKDIR /src\nCOPY recipe.json .\nRUN cargo chef cook --release\n\n${NAIVE.replace('COPY src', 'COPY --from=cacher /src/target target\nCOPY src')}`;
      const { steps } = planFor(cooked, { ...FILES, 'recipe.json': '{}' });
      expect(steps.map(({ id }) => id)).not.toContain('dependencies-first');
    });

    it('compiles dependencies before the sources are there, and the program anew', () => {
      expect(planFor(NAIVE, FILES).after).toContain(
        `COPY Cargo.toml Cargo.lock ./\nRUN mkdir src \\\n    && echo 'fn main() {}' > src/main.rs \\\n    && cargo build --release --locked \\\n    && rm -r src target/release/.fingerprint/tool-*\nCOPY src src\nRUN cargo build --release --locked\n`,
      );
    });

    it.each([
      ['', false],
      ['source = "registry+https://index.example"\n', true],
    ])('goes by the sources of the packages in the lock file: %j', (source, isPrepared) => {
      const lock = `[[package]]\nname = "itoa"\nversion = "1.0.0"\n${source}`;
      expect(planFor(NAIVE, { ...FILES, 'Cargo.lock': lock }).after.includes('RUN mkdir src')).toBe(isPrepared);
    });

    it('puts placeholders where Cargo.toml lists programs, and refuses those beside the sources', () => {
      const files = (path: string) => ({
        'Cargo.toml': `[package]\nname = "tool"\n[[bin]]\nname = "server"\npath = "src/server/main.rs"\n[[bin]]\nname = "client"\n${path}[dependencies]\nitoa = "1"\n`,
        'Cargo.lock': '',
        'src/server/main.rs': '',
        'src/bin/client.rs': '',
        'client.rs': '',
      });
      expect(planFor(NAIVE, files('')).after).toContain(
        `RUN mkdir -p src/server src/bin \\\n    && echo 'fn main() {}' > src/server/main.rs \\\n    && echo 'fn main() {}' > src/bin/client.rs \\\n    && cargo build`,
      );
      expect(guardOf(planFor(NAIVE, files('path = "client.rs"\n')), 'dependencies-first')).toBe(
        'Cargo.toml lists targets whose sources the download needs',
      );
    });

    it('does it for all packages of a workspace', () => {
      const files = {
        'Cargo.toml': '[workspace]\nresolver = "2"\nmembers = [\n  "api",\n  "crates/*",\n]\n',
        'Cargo.lock': '',
        'api/Cargo.toml': '[package]\nname = "api"\n[dependencies]\nitoa = "1"\ncore = { path = "../crates/core" }\n',
        'api/src/main.rs': '',
        'crates/core/Cargo.toml': '[package]\nname = "core"\n[lib]\nproc-macro = true\n',
        'crates/core/src/lib.rs': '',
      };
      const naive = NAIVE.replace(/COPY src src\n.*\n.*\n/, 'COPY . .\n').replace('--locked', '-p api');
      expect(planFor(naive, files).after).toContain(
        `COPY Cargo.toml Cargo.lock ./\nCOPY api/Cargo.toml api/\nCOPY crates/core/Cargo.toml crates/core/\nRUN mkdir -p api/src crates/core/src \\\n    && echo 'fn main() {}' > api/src/main.rs \\\n    && touch crates/core/src/lib.rs \\\n    && cargo build --release -p api \\\n    && rm -rf api/src crates/core/src target/release/.fingerprint/api-* target/release/.fingerprint/core-*\nCOPY . .\nRUN cargo build --release -p api\n`,
      );
    });

    it.each([
      [
        { 'Cargo.toml': '[workspace]\nmembers = ["a"]\n', 'a/Cargo.toml': '[package]\nname = "a"\n', 'a/build.rs': '' },
        'a build script may read the sources',
      ],
      [
        { 'Cargo.toml': '[package]\nname = "a"\n[dependencies]\nb = { path = "b" }\n' },
        'Cargo.toml refers to project files or directories that the download needs',
      ],
      [{ 'build.rs': '' }, 'a build script may read the sources'],
    ])('is refused for %o', (files, guard) => {
      const plan = planFor(NAIVE.replace('COPY src src', 'COPY . .'), { ...FILES, ...files });
      expect(guardOf(plan, 'dependencies-first')).toBe(guard);
    });
  });

  describe('.NET', () => {
    const NAIVE = `FROM mcr.microsoft.com/dotnet/sdk:8.0 AS build\nCOPY . /src\nWORKDIR /src\nRUN ls\nRUN dotnet publish Web/Web.csproj -c Release -o /a${final('mcr.microsoft.com/dotnet/aspnet:8.0')}`;
    const FILES = {
      'Web/Web.csproj': '<Project><ProjectReference Include="..\\Core\\Core.csproj" /></Project>',
      'Core/Core.csproj': '<Project />',
      'Directory.Build.props': '<Project />',
      'Web/A.cs': '',
    };

    it('leaves what follows a restore behind the sources', () => {
      const one = NAIVE.replace('RUN ls\nRUN dotnet publish', 'RUN dotnet restore Web/Web.csproj && dotnet publish');
      expect(planFor(one, FILES).after).toMatch(
        /RUN dotnet restore Web\/Web\.csproj\nCOPY \. \/src\nRUN dotnet publish Web\/Web\.csproj -c Release/,
      );
      const other = NAIVE.replace('RUN ls\nRUN dotnet publish', 'RUN dotnet restore Web/Web.csproj || dotnet publish');
      expect(planFor(other, FILES).steps.map(({ id }) => id)).not.toContain('dependencies-first');
    });

    it('restores the project with all that it refers to', () => {
      expect(planFor(NAIVE, FILES).after).toContain(
        'WORKDIR /src\nRUN ls\nCOPY Core/Core.csproj Core/\nCOPY Web/Web.csproj Web/\nCOPY Directory.Build.props ./\nRUN dotnet restore Web/Web.csproj\nCOPY . /src\nRUN dotnet publish Web/Web.csproj -c Release -o /a --no-restore\n',
      );
    });

    it('moves the sources behind a restore that is there', () => {
      const naive = NAIVE.replace(
        'COPY . /src\nWORKDIR /src\nRUN ls\n',
        'WORKDIR /src\nCOPY . .\nRUN dotnet restore Web/Web.csproj\n',
      );
      expect(planFor(naive, FILES).after).toContain(
        'COPY Directory.Build.props ./\nRUN dotnet restore Web/Web.csproj\nCOPY . .\nRUN dotnet publish Web/Web.csproj -c Release -o /a\n',
      );
    });

    it.each([
      [
        { 'Core/Core.csproj': '<Project><Import Project="../x.props" /></Project>' },
        'Core/Core.csproj imports other files',
      ],
      [
        { 'Web/Web.csproj': '<ProjectReference Include="..\\None\\None.csproj" />' },
        'None/None.csproj is not among the files that are copied',
      ],
    ])('is refused for %o', (files, guard) => {
      expect(guardOf(planFor(NAIVE, { ...FILES, ...files }), 'dependencies-first')).toBe(guard);
    });
  });

  describe('where the COPYs put the project', () => {
    const GO = { 'api/go.mod': 'module a', 'api/go.sum': '', 'api/a.go': '', 'proto/a.proto': '' };
    const goFile = (copies: string) =>
      `FROM golang:1.25 AS build\nWORKDIR /src\n${copies}RUN CGO_ENABLED=0 go build -o /a .${final('scratch')}`;
    const steps = (dockerfile: string, files: Record<string, string>) =>
      planFor(dockerfile, files).steps.map(({ id }) => id);

    it('finds the manifests in a folder of the build context', () => {
      expect(planFor(goFile('COPY /api .\nCOPY proto /proto\n'), GO).after).toContain(
        'COPY api/go.mod api/go.sum ./\nRUN go mod download\nCOPY /api .\nCOPY proto /proto\n',
      );
    });

    it.each([
      ['the COPY also brings what is next to the project', 'COPY . /\n'],
      [
        'the manifest has another name in the context',
        'COPY api/a.go a.go\nCOPY api/go.mod.txt go.mod\nCOPY api/go.sum .\n',
      ],
    ])('leaves the file alone where %s', (_, copies) => {
      expect(steps(goFile(copies), { ...GO, 'api/go.mod.txt': 'module a', 'src/go.mod': '' })).not.toContain(
        'dependencies-first',
      );
    });

    it('reads only files that are copied', () => {
      const dockerfile = goFile('COPY api .\n');
      expect(steps(dockerfile, { ...GO, 'go.work': '' })).toContain('dependencies-first');
      expect(steps(dockerfile, { ...GO, 'api/go.work': '' })).not.toContain('dependencies-first');
    });

    it('moves a download above several COPYs of sources', () => {
      const files = {
        'Api/Api.csproj': '<Project><ProjectReference Include="../Core/Core.csproj" /></Project>',
        'Core/Core.csproj': '<Project />',
        'Tests/Tests.csproj': '<Project />',
        'Api/A.cs': '',
        'Core/C.cs': '',
      };
      const stage = (copies: string) =>
        `FROM mcr.microsoft.com/dotnet/sdk:8.0 AS build\nWORKDIR /src\n${copies}RUN dotnet publish Api/Api.csproj -c Release -o /a${final('mcr.microsoft.com/dotnet/aspnet:8.0')}`;
      const restore = '# Packages\nRUN dotnet restore Api/Api.csproj\n';
      expect(planFor(stage(`COPY ./Api ./Api\nCOPY ./Core ./Core\n${restore}`), files).after).toContain(
        `COPY Api/Api.csproj Api/\nCOPY Core/Core.csproj Core/\n${restore}COPY ./Api ./Api\nCOPY ./Core ./Core\nRUN dotnet publish`,
      );
      const good = stage(
        `COPY Api/Api.csproj Api/\nCOPY Core/Core.csproj Core/\nCOPY Tests/Tests.csproj Tests/\n${restore}COPY . .\n`,
      );
      expect(steps(good, files)).not.toContain('dependencies-first');
    });

    it.each([
      ['ENV GOPROXY=direct\n', false],
      ['ENV MODE=release\n', true],
    ])('stays below a setting that it reads: %s', (setting, isMoved) => {
      const files = { 'go.mod': 'module a', 'go.sum': '', 'cmd/a.go': '', 'pkg/b.go': '' };
      const text = goFile(`COPY go.mod go.sum ./\nCOPY cmd cmd\n${setting}COPY pkg pkg\n`);
      expect(steps(text, files).includes('dependencies-first')).toBe(isMoved);
    });

    it('copies the manifests once where a COPY names them with sources', () => {
      expect(
        planFor(goFile('COPY go.mod go.sum main.go ./\nCOPY pkg pkg\n'), {
          'go.mod': 'module a',
          'go.sum': '',
          'main.go': '',
          'pkg/a.go': '',
        }).after,
      ).toContain('COPY go.mod go.sum ./\nRUN go mod download\nCOPY main.go ./\nCOPY pkg pkg\n');
    });

    it('downloads before a `go get` of the project, and not before one of other modules', () => {
      const files = { 'go.mod': 'module a', 'go.sum': '', 'main.go': '' };
      const get = (what: string) => goFile(`COPY . .\nRUN go get ${what}\n`);
      expect(planFor(get('-d -v ./...'), files).after).toContain(
        'RUN go mod download\nCOPY . .\nRUN go get -d -v ./...\n',
      );
      expect(steps(get('-u ./...'), files)).not.toContain('dependencies-first');
      expect(steps(get('example.com/other'), files)).not.toContain('dependencies-first');
    });

    it('leaves placeholders of the author alone', () => {
      const own = `FROM rust:1-bookworm AS build\nWORKDIR /src\nCOPY Cargo.toml Cargo.lock ./\nRUN mkdir src && echo 'fn main() {}' > src/main.rs\nCOPY a.txt .\nRUN cargo build --release${final('debian:bookworm-slim')}`;
      const files = {
        'Cargo.toml': '[package]\nname = "a"\n[dependencies]\nitoa = "1"\n',
        'Cargo.lock': '',
        'a.txt': '',
        'src/main.rs': '',
      };
      const { steps: taken, skipped } = planFor(own, files);
      expect([...taken, ...skipped].map(({ id }) => id)).not.toContain('dependencies-first');
    });
  });
});
