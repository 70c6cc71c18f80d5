import type { BuildContext } from '../../engine/buildContext';
import { phrase } from '../../l10n/phrase';
import { mavenArchive, springArchive } from '../../optimizer/split/springProject';
import { type Guard, isGuard, refuse } from '../../optimizer/transform';
import { exposed } from '../listening';
import {
  type Lack,
  line,
  type Program,
  type ProjectFolder,
  type Starter,
  type StartLine,
  sources,
  start,
  titleOf,
} from '../starter';

/** Long-term support releases, which Eclipse Temurin has images for. */
const RELEASES = ['8', '11', '17', '21', '25'];
/** The oldest that Spring Boot 3 runs on, and that all build tools in use run on. */
const USUAL = '17';

/** An application of Spring Boot, Quarkus, Tomcat, or with a jar of its own, that Maven or Gradle builds. */
export const java: Starter = (folder) => {
  const { files } = folder.context;
  if (files.has('pom.xml')) return [maven(folder)];
  return files.has('build.gradle') || files.has('build.gradle.kts') ? [gradle(folder)] : [];
};

function maven({ context }: ProjectFolder): Program | Lack {
  const pom = context.read('pom.xml') ?? '';
  const { framework, archive } = mavenProgram(context, pom);
  if (typeof archive !== 'string') return { name: 'java', why: archive.guard };
  const [, written] =
    /<(?:java\.version|maven\.compiler\.(?:release|source|target)|release)>\s*(?:1\.)?(\d+)\s*</.exec(pom) ?? [];
  const version = releaseFor(written);
  const hasWrapper = context.files.has('mvnw') && context.files.has('.mvn/wrapper/maven-wrapper.properties');
  const base = hasWrapper ? `eclipse-temurin:${version}-jdk` : `maven:3.9-eclipse-temurin-${version}`;
  const isWar = framework === TOMCAT;
  return {
    name: 'java',
    title: titleOf(framework, `Java ${version}`),
    lines: [
      baseLine(isWar ? `${base} AS build` : base, written, 'pom.xml'),
      ...sources('/app'),
      line(
        `RUN ${hasWrapper ? wrapper('mvnw') : 'mvn'} -B package -DskipTests`,
        phrase('Creates the archive; tests belong in CI, before the image is built'),
      ),
      ...(isWar ? onTomcat(archive, version, pom) : startOfJar(archive, framework !== '')),
    ],
  };
}

const TOMCAT = 'Tomcat';
/** The jar with all dependencies gets another name, or the build keeps it beside the one without. */
const NAMED_OTHERWISE = /<shadedArtifactAttached>\s*true|<shadedClassifierName>|<outputFile>/;

function mavenProgram(
  context: BuildContext,
  pom: string,
): { readonly framework: string; readonly archive: string | Guard } {
  if (pom.includes('quarkus-maven-plugin'))
    return { framework: 'Quarkus', archive: 'target/quarkus-app/quarkus-run.jar' };
  if (pom.includes('spring-boot-maven-plugin'))
    return { framework: 'Spring Boot', archive: springArchive(context, 'mvn') };
  const archive = /<modules>/.test(pom) ? undefined : mavenArchive(pom);
  if (archive?.endsWith('.war')) return { framework: TOMCAT, archive };
  const [, shade = ''] = pom.split('<artifactId>maven-shade-plugin<');
  const isWhole = shade.split('</plugin>')[0]?.includes('<mainClass>') && !NAMED_OTHERWISE.test(shade);
  return {
    framework: '',
    archive: isWhole && archive !== undefined ? archive : refuse('pom.xml creates no jar that starts on its own'),
  };
}

function startOfJar(archive: string, isServer: boolean): readonly StartLine[] {
  return [
    ...(isServer ? [exposed('8080')] : []),
    start(['java', '-jar', archive], phrase('The jar that the build creates')),
  ];
}

/** Tomcat 10 has the packages of Jakarta EE, Tomcat 9 those of Java EE (https://tomcat.apache.org/whichversion.html, 2026-11). */
function onTomcat(archive: string, java: string, pom: string): readonly StartLine[] {
  return [
    line(
      `\nFROM tomcat:${pom.includes('jakarta.') ? '10.1' : '9.0'}-jre${java}`,
      phrase('The Tomcat for the Servlet API that pom.xml names'),
    ),
    line(
      `COPY --from=build /app/${archive} /usr/local/tomcat/webapps/ROOT.war`,
      phrase('Tomcat answers with this application at `/`'),
    ),
    exposed('8080'),
  ];
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
    title: titleOf('Spring Boot', `Java ${version}`),
    lines: [
      baseLine(hasWrapper ? `eclipse-temurin:${version}-jdk` : `gradle:8-jdk${version}`, written, file),
      ...sources('/app'),
      line(
        `RUN ${hasWrapper ? wrapper('gradlew') : 'gradle'} bootJar --no-daemon`,
        phrase('Creates the executable jar'),
      ),
      ...startOfJar(archive, true),
    ],
  };
}

/** From Windows, it comes to Git without the right to run. */
function wrapper(name: string): string {
  return `chmod +x ${name} && ./${name}`;
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
