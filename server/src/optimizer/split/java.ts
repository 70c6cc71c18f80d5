import { absolutePath } from '../../app/copiedFiles';
import type { Site } from '../../app/site';
import { startWords } from '../../commands/startProgram';
import { phrase } from '../../l10n/phrase';
import { readOptions } from '../../shell/options';
import type { ShellCommand } from '../../shell/script';
import { type Guard, refuse } from '../transform';
import { type RuntimeNeeds, splitCompiled, workdirAtEnd } from './compiled';
import type { Split } from './compose';
import { smallerImage, writtenImage } from './runtimeImage';

const TOOLS = /^(?:mvn|mvnw|gradle|gradlew|javac|jar|ant|sbt|kotlinc)$/;

/** Java: the jar, or the classes, on a runtime without a compiler. */
export function splitJava(site: Site): Split | Guard | undefined {
  const { stage } = site;
  const commands = stage.instructions.flatMap((node) => (node.keyword === 'RUN' ? (node.script?.commands ?? []) : []));
  if (!commands.some(({ name }) => TOOLS.test(name))) return undefined;
  const isRoot = !stage.instructions.some(({ keyword }) => keyword === 'USER');
  return splitCompiled(site, {
    language: 'Java',
    kindOf: javaKind,
    artefacts: programOf(site, commands),
    isSource: (path) =>
      /\.(?:java|kt|kts|scala|gradle|class)$|(?:^|\/)(?:src|gradle|\.mvn)\/|(?:^|\/)(?:pom\.xml|build\.xml|gradlew(?:\.bat)?|mvnw(?:\.cmd)?|gradle\.properties|settings\.xml|Makefile)$/.test(
        path,
      ),
    isBuildVariable: (name) => /^(?:MAVEN_\w+|GRADLE_\w+)$/.test(name),
    libraries: [],
    caches: (run) => (isRoot && run.script?.commands.some(({ name }) => /^mvnw?$/.test(name)) ? ['/root/.m2'] : []),
    isJava: true,
    runtimeImage: (needs) => runtimeOf(site, needs),
    risk: phrase(
      'A tool of the JDK that the program calls, such as jcmd, is not in the JRE. A runtime that jlink makes of its modules would be smaller still.',
    ),
  });
}

function javaKind(command: ShellCommand): 'build' | 'check' | Guard | undefined {
  const { name, words } = command;
  if (!TOOLS.test(name)) return undefined;
  if (
    /^(?:mvn|mvnw|gradle|gradlew)$/.test(name) &&
    words.some(({ value }) => /^(?:deploy|publish|bootRun|spring-boot:run|quarkus:dev|run)$/.test(value))
  )
    return refuse('`{name}` starts or publishes the program', { name });
  return 'build';
}

/** What `java` starts; a guard where it is not known. */
function programOf(site: Site, commands: readonly ShellCommand[]): string[] | Guard {
  const start = startWords(site.stage);
  if (start?.[0] === undefined || !/(?:^|\/)java$/.test(start[0])) return refuse('it is not java that is started');
  const workdir = workdirAtEnd(site.stage.instructions);
  const jar = start[start.indexOf('-jar') + 1];
  if (start.includes('-jar') && jar !== undefined) {
    const path = absolutePath(jar, workdir);
    if (/[*$]/.test(jar)) return refuse('the name of the jar is not known');
    if (site.copied.files.has(path)) return refuse('the jar is copied and not built');
    const manifests = [...site.context.files.keys()].filter((file) =>
      /(?:^|\/)(?:pom\.xml|build\.gradle(?:\.kts)?)$/.test(file),
    );
    const text = manifests.map((file) => site.context.read(file) ?? '').join('\n');
    const prefix = /<classpathPrefix>\s*([\w.-]+)\/?\s*</.exec(text)?.[1];
    if (prefix !== undefined) return [path, `${path.slice(0, path.lastIndexOf('/'))}/${prefix}`];
    if (/<addClasspath>\s*true/.test(text) || /Class-Path/i.test(text)) return refuse('the jar names other jars');
    return [path];
  }
  const at = start.findIndex((word) => /^(?:-cp|-classpath|--class-path)$/.test(word));
  const classpath = at < 0 ? undefined : start[at + 1];
  if (classpath !== undefined) {
    const entries = classpath.split(':').filter((entry) => entry !== '');
    if (entries.some((entry) => /[*$]/.test(entry) || /^\.?\/?$/.test(entry)))
      return refuse('the class path is not known');
    const built = entries
      .map((entry) => absolutePath(entry, workdir))
      .filter(
        (path) =>
          !site.copied.files.has(path) && ![...site.copied.files.keys()].some((file) => file.startsWith(`${path}/`)),
      );
    return built.length > 0 ? built : refuse('the class path holds nothing that is built');
  }
  const compiled = commands.find(({ name }) => name === 'javac');
  if (!compiled || readOptions(compiled).operands.length === 0) return refuse('what is started is not known');
  if (compiled.words.some(({ value }) => value === '-d') || compiled.words.some(({ value }) => value.includes('/')))
    return refuse('where the classes lie is not known');
  return [`${workdir === '/' ? '' : workdir}/*.class`];
}

/** The JRE of the same version. */
function runtimeOf(site: Site, { packages }: RuntimeNeeds): string | Guard {
  const { stage, facts } = site;
  if (stage.base.kind !== 'image') return refuse('the base image is not known');
  const { repository, tag = '' } = stage.base.image;
  const refusal: Guard = refuse('the JRE for this image is not known');
  if (repository === 'debian' || repository === 'ubuntu')
    return packages.some((name) => /jre/.test(name)) ? (smallerImage(site) ?? refusal) : refusal;
  if (facts.smaller?.isSameDistro) {
    const image = smallerImage(site);
    // Alpine's JRE has the packages of Alpine, which are not looked into.
    return (
      image ?? (packages.length === 0 ? `${writtenImage(site).replace(/:[^:/]*$/, '')}:${facts.smaller.tag}` : refusal)
    );
  }
  const isAlpine = /alpine/.test(tag);
  if (repository === 'openjdk') {
    const version = /^(\d+)/.exec(tag)?.[1];
    return version === undefined ||
      !/^(?:8|11|17|21)$/.test(version) ||
      /windows|nanoserver/.test(tag) ||
      packages.length > 0
      ? refusal
      : `eclipse-temurin:${version}-jre${isAlpine ? '-alpine' : ''}`;
  }
  if (repository === 'maven' || repository === 'gradle') {
    const version = /(?:temurin-|jdk-?|openjdk-)(\d+)/.exec(tag)?.[1];
    return version === undefined || packages.length > 0
      ? refusal
      : `eclipse-temurin:${version}-jre${isAlpine ? '-alpine' : ''}`;
  }
  return refusal;
}
