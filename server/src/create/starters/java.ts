import { phrase } from '../../l10n/phrase';
import { springArchive } from '../../optimizer/split/springProject';
import { isGuard } from '../../optimizer/transform';
import { exposed } from '../listening';
import { type Lack, line, type Program, type ProjectFolder, type Starter, sources, start } from '../starter';

/** Long-term support releases, which Eclipse Temurin has images for. */
const RELEASES = ['8', '11', '17', '21', '25'];
/** The oldest that Spring Boot 3 runs on, and that all build tools in use run on. */
const USUAL = '17';

/** A Spring Boot or Quarkus application that Maven or Gradle builds. */
export const java: Starter = (folder) => {
  const { files } = folder.context;
  if (files.has('pom.xml')) return [maven(folder)];
  return files.has('build.gradle') || files.has('build.gradle.kts') ? [gradle(folder)] : [];
};

function maven({ context }: ProjectFolder): Program | Lack {
  const pom = context.read('pom.xml') ?? '';
  const isQuarkus = pom.includes('quarkus-maven-plugin');
  const archive = isQuarkus ? 'target/quarkus-app/quarkus-run.jar' : springArchive(context, 'mvn');
  if (isGuard(archive)) return { name: 'java', why: archive.guard };
  const [, written] =
    /<(?:java\.version|maven\.compiler\.(?:release|source|target)|release)>\s*(?:1\.)?(\d+)\s*</.exec(pom) ?? [];
  const version = releaseFor(written);
  const hasWrapper = context.files.has('mvnw') && context.files.has('.mvn/wrapper/maven-wrapper.properties');
  return {
    name: 'java',
    title: `${isQuarkus ? 'Quarkus' : 'Spring Boot'}, Java ${version}`,
    lines: [
      hasWrapper
        ? baseLine(`eclipse-temurin:${version}-jdk`, written, 'pom.xml')
        : baseLine(`maven:3.9-eclipse-temurin-${version}`, written, 'pom.xml'),
      ...sources('/app'),
      line(
        `RUN ${hasWrapper ? './mvnw' : 'mvn'} -B package -DskipTests`,
        phrase('Creates the jar; tests belong in CI, before the image is built'),
      ),
      exposed('8080'),
      start(['java', '-jar', archive], phrase('The jar that the build creates')),
    ],
  };
}

function gradle({ context }: ProjectFolder): Program | Lack {
  const file = context.files.has('build.gradle') ? 'build.gradle' : 'build.gradle.kts';
  const build = context.read(file) ?? '';
  const archive = springArchive(context, 'gradle');
  if (isGuard(archive)) return { name: 'java', why: archive.guard };
  const [, written] =
    /JavaLanguageVersion\.of\(\s*(\d+)|jvmToolchain\(\s*(\d+)|sourceCompatibility[^\n\d]{0,40}(?:1[._])?(\d+)/
      .exec(build)
      ?.filter((group) => group !== undefined) ?? [];
  const version = releaseFor(written);
  const hasWrapper = context.files.has('gradlew') && context.files.has('gradle/wrapper/gradle-wrapper.jar');
  return {
    name: 'java',
    title: `Spring Boot, Java ${version}`,
    lines: [
      hasWrapper
        ? baseLine(`eclipse-temurin:${version}-jdk`, written, file)
        : baseLine(`gradle:8-jdk${version}`, written, file),
      ...sources('/app'),
      line(`RUN ${hasWrapper ? './gradlew' : 'gradle'} bootJar --no-daemon`, phrase('Creates the executable jar')),
      exposed('8080'),
      start(['java', '-jar', archive], phrase('The jar that the build creates')),
    ],
  };
}

function releaseFor(written: string | undefined): string {
  return RELEASES.find((release) => Number(release) >= Number(written ?? USUAL)) ?? USUAL;
}

function baseLine(image: string, written: string | undefined, file: string) {
  return written === undefined
    ? line(`FROM ${image}`, phrase('{file} names no Java version', { file }))
    : line(
        `FROM ${image}`,
        phrase('The long-term support release for Java {version}, which {file} asks for', {
          version: written,
          file,
        }),
      );
}
