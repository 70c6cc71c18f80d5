import type { BuildContext } from '../../engine/buildContext';
import { phrase } from '../../l10n/phrase';
import { mavenModules } from '../../optimizer/resolve/mavenModules';
import { mavenArchive, springArchive } from '../../optimizer/split/springProject';
import { type Guard, isGuard, refuse } from '../../optimizer/transform';
import { exposed } from '../listening';
import {
  badName,
  isOneWord,
  type Lack,
  line,
  type Program,
  type ProjectFolder,
  programName,
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
  if (files.has('pom.xml')) return maven(folder);
  return files.has('build.gradle') || files.has('build.gradle.kts') ? [gradle(folder)] : [];
};

/** The program of the project, or those of its modules. */
function maven({ context }: ProjectFolder): (Program | Lack)[] {
  const modules = mavenModules(context);
  const found = (modules.length === 0 ? [''] : modules).map((module) => ({ module, ...mavenProgram(context, module) }));
  const programs = found.flatMap(({ archive, ...rest }) => (isGuard(archive) ? [] : [{ archive, ...rest }]));
  if (programs.length === 0) {
    const [guard = NO_PROGRAM] = found.flatMap(({ archive }) => (isGuard(archive) ? [archive] : []));
    return [{ name: 'java', why: modules.length === 0 ? guard.guard : NO_PROGRAM.guard }];
  }
  return programs.map(({ module, framework, archive }) => {
    const place = module.slice(0, -1);
    const name = programName('java', place, programs);
    return isOneWord(module) ? mavenFile(context, { name, module, framework, archive }) : badName(name, place);
  });
}

interface MavenProgram {
  readonly name: string;
  /** With a trailing `/`; '' for a project without modules. */
  readonly module: string;
  readonly framework: string;
  readonly archive: string;
}

function mavenFile(context: BuildContext, { name, module, framework, archive }: MavenProgram): Program {
  const poms = [...new Set([`${module}pom.xml`, 'pom.xml'])];
  const [written] = poms.flatMap((path) => RELEASE.exec(context.read(path) ?? '')?.[1] ?? []);
  const version = releaseFor(written);
  const hasWrapper = context.files.has('mvnw') && context.files.has('.mvn/wrapper/maven-wrapper.properties');
  const base = hasWrapper ? `eclipse-temurin:${version}-jdk` : `maven:3.9-eclipse-temurin-${version}`;
  const isWar = framework === TOMCAT;
  const only = module === '' ? '' : ` -pl ${module.slice(0, -1)} -am`;
  return {
    name,
    title: titleOf(framework, `Java ${version}`),
    lines: [
      baseLine(isWar ? `${base} AS build` : base, written, 'pom.xml'),
      ...sources('/app'),
      line(
        `RUN ${hasWrapper ? wrapper('mvnw') : 'mvn'} -B package -DskipTests${only}`,
        phrase('Creates the archive; tests belong in CI, before the image is built'),
      ),
      ...(isWar
        ? onTomcat(archive, version, poms.map((path) => context.read(path) ?? '').join('\n'))
        : startOfJar(archive, framework !== '')),
    ],
  };
}

const RELEASE = /<(?:java\.version|maven\.compiler\.(?:release|source|target)|release)>\s*(?:1\.)?(\d+)\s*</;

const TOMCAT = 'Tomcat';
/** The jar with all dependencies gets another name, or the build keeps it beside the one without. */
const NAMED_OTHERWISE = /<shadedArtifactAttached>\s*true|<shadedClassifierName>|<outputFile>/;

const NO_PROGRAM = refuse('pom.xml creates no jar that starts on its own');

function mavenProgram(
  context: BuildContext,
  module: string,
): { readonly framework: string; readonly archive: string | Guard } {
  const pom = context.read(`${module}pom.xml`) ?? '';
  if (pom.includes('quarkus-maven-plugin'))
    return { framework: 'Quarkus', archive: `${module}target/quarkus-app/quarkus-run.jar` };
  if (pom.includes('spring-boot-maven-plugin'))
    return { framework: 'Spring Boot', archive: springArchive(context, 'mvn', module) };
  const archive = mavenArchive(pom);
  if (archive?.endsWith('.war')) return { framework: TOMCAT, archive: module + archive };
  const [, shade = ''] = pom.split('<artifactId>maven-shade-plugin<');
  const isWhole = shade.split('</plugin>')[0]?.includes('<mainClass>') && !NAMED_OTHERWISE.test(shade);
  return { framework: '', archive: isWhole && archive !== undefined ? module + archive : NO_PROGRAM };
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
  const program = gradleProgram(context, build);
  if (isGuard(program)) return { name: 'java', why: program.guard };
  const { framework, task, lines } = program;
  const [, written] =
    /JavaLanguageVersion\.of\(\s*(\d+)|jvmToolchain\(\s*(\d+)|sourceCompatibility[^\n\d]{0,40}(?:1[._])?(\d+)/
      .exec(build)
      ?.filter((group) => group !== undefined) ?? [];
  const hasWrapper = context.files.has('gradlew') && context.files.has('gradle/wrapper/gradle-wrapper.jar');
  const version = releaseFor(written, hasWrapper ? newestForWrapper(context) : undefined);
  return {
    name: 'java',
    title: titleOf(framework, `Java ${version}`),
    lines: [
      baseLine(hasWrapper ? `eclipse-temurin:${version}-jdk` : `gradle:8-jdk${version}`, written, file),
      ...sources('/app'),
      line(`RUN ${hasWrapper ? wrapper('gradlew') : 'gradle'} ${task} --no-daemon`, GRADLE_TASKS[task]),
      ...lines,
    ],
  };
}

/** What each task creates. */
const GRADLE_TASKS = {
  bootJar: phrase('Creates the executable jar'),
  quarkusBuild: phrase('Creates the jar and a directory with its libraries'),
  installDist: phrase('Creates a directory with the program, its libraries and a start script'),
};

interface GradleProgram {
  readonly framework: string;
  readonly task: keyof typeof GRADLE_TASKS;
  readonly lines: readonly StartLine[];
}

/** Plugins that apply the plugin `application`, and frameworks whose programs listen on port 8080. */
const APPLICATION =
  /\bid[ (]{0,2}["'](?:application|io\.micronaut\.application|io\.ktor\.plugin)["']|^[ \t]*application[ \t]*$|plugin: ?["']application["']/m;
const SERVERS = { Micronaut: 'io.micronaut', Ktor: 'io.ktor' };

function gradleProgram(context: BuildContext, build: string): GradleProgram | Guard {
  if (/["']io\.quarkus["']/.test(build))
    return {
      framework: 'Quarkus',
      task: 'quarkusBuild',
      lines: startOfJar('build/quarkus-app/quarkus-run.jar', true),
    };
  const settings = context.read('settings.gradle') ?? context.read('settings.gradle.kts') ?? '';
  const [, own] = /^[ \t]{0,40}applicationName[ \t]{0,9}=[ \t]{0,9}["']([\w.-]{1,100})["']/m.exec(build) ?? [];
  const [, root] = /^[ \t]{0,40}rootProject\.name[ \t]{0,9}=[ \t]{0,9}["']([\w.-]{1,100})["']/m.exec(settings) ?? [];
  const name = own ?? root;
  if (build.includes('org.springframework.boot')) {
    const archive = springArchive(context, 'gradle');
    return isGuard(archive) ? archive : { framework: 'Spring Boot', task: 'bootJar', lines: startOfJar(archive, true) };
  }
  if (!APPLICATION.test(build))
    return refuse('the Gradle build has no plugin that makes a program: `application`, Spring Boot or Quarkus');
  if (name === undefined) return refuse('the Gradle settings lack `rootProject.name`, which names the start script');
  const [framework = ''] = Object.entries(SERVERS).flatMap(([one, group]) => (build.includes(group) ? [one] : []));
  return {
    framework,
    task: 'installDist',
    lines: [
      ...(framework === '' ? [] : [exposed('8080')]),
      start([`build/install/${name}/bin/${name}`], phrase('The start script of the program')),
    ],
  };
}

/** From Windows, it comes to Git without the right to run. */
function wrapper(name: string): string {
  return `chmod +x ${name} && ./${name}`;
}

function releaseFor(written: string | undefined, newest: string = RELEASES.at(-1) ?? USUAL): string {
  const release = RELEASES.find((one) => Number(one) >= Number(written ?? USUAL)) ?? USUAL;
  return written === undefined && Number(newest) < Number(release) ? newest : release;
}

/**
 * The oldest Gradle that runs on each release, after the oldest of all:
 * https://docs.gradle.org/current/userguide/compatibility.html (2026-11).
 */
const GRADLE_FOR: Readonly<Record<string, number>> = { 11: 5, 17: 7.03, 21: 8.05, 25: 9.01 };

/** The newest release that the project's own Gradle runs on. */
function newestForWrapper({ read }: BuildContext): string | undefined {
  const [, major, minor] = /gradle-(\d+)\.(\d+)/.exec(read('gradle/wrapper/gradle-wrapper.properties') ?? '') ?? [];
  if (major === undefined) return undefined;
  const own = Number(major) + Number(minor) / 100;
  return RELEASES.findLast((release) => own >= (GRADLE_FOR[release] ?? 0));
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
