import { absolutePath } from '../../app/copiedFiles';
import type { Site } from '../../app/site';
import { managedStart } from '../../app/start/managedStart';
import type { StartedCommand } from '../../app/start/startedCommands';
import { commandKind } from '../../commands/commandKinds';
import { javaRuntimeOf, TEMURIN_PROGRAMS } from '../../knowledge/javaRuntime';
import { phrase } from '../../l10n/phrase';
import { readOptions } from '../../shell/options';
import type { ShellCommand } from '../../shell/script';
import { baseName, isWithin } from '../../text/paths';
import { anyOf } from '../../text/pattern';
import { isTomcat, jreImage, startsJava } from '../runtime/java';
import { type Guard, isGuard, refuse } from '../transform';
import { type RuntimeNeeds, splitCompiled } from './compiled';
import type { Split } from './compose';
import { isJdkProgram, jdkUse } from './jdkUse';
import { namedFiles, openedSources } from './readFiles';
import { smallerImage } from './runtimeImage';
import { springRun } from './springRun';
import { installedPackages } from './systemNeeds';

const TOOLS = /^(?:mvnw?|gradlew?|javac|jar|ant|sbt|kotlinc|lein)$/;
const WRAPPERS = /(?:^|\/)(?:mvnw|gradlew)$/;

/** Java: the jar or the classes, on a runtime without a compiler. */
export function splitJava(site: Site): Split | Guard | undefined {
  const { stage } = site;
  const commands = stage.instructions.flatMap((node) => (node.keyword === 'RUN' ? (node.script?.commands ?? []) : []));
  const starts = managedStart(site);
  if (!commands.some((command) => TOOLS.test(toolOf(command))) && !starts?.some(({ name }) => TOOLS.test(name)))
    return undefined;
  if (!starts) return refuse('the script that starts the program cannot be read');
  const run = springRun(site, starts);
  if (isGuard(run)) return run;
  const artefacts = run ? [run.archive] : (webapps(site, commands, starts) ?? artefactsOf(site, commands, starts));
  if (isGuard(artefacts)) return artefacts;
  const tool = jdkUse(site, run ? [] : starts);
  if (tool !== undefined) return refuse('`{name}` is called, but no JRE contains it', { name: tool });
  const isNamed = namedFiles(site);
  const isOpened = openedSources(site);
  return splitCompiled(site, {
    language: 'Java',
    kindOf: javaKind,
    artefacts,
    isSource: (path) => !isOpened(path) && (SOURCE.test(path) || !(SETTINGS.test(path) || isNamed(path))),
    isBuildVariable: (name) => /^(?:MAVEN_\w+|GRADLE_\w+)$/.test(name),
    libraries: [],
    ...(run && { start: run.start, ...(run.build !== undefined && { epilogue: [`RUN ${run.build}`] }) }),
    isJava: true,
    present: TEMURIN_PROGRAMS.ubuntu,
    runtimeImage: (needs) => runtimeOf(site, needs, commands),
    risk: phrase(
      'The JRE has no JDK tools such as jcmd: a program that calls one fails. A runtime image made with jlink would be even smaller.',
    ),
  });
}

const SOURCE = anyOf(
  /\.(?:java|kt|kts|scala|groovy|clj[cs]?|gradle|class|sbt)$|(?:^|\/)(?:src|gradle|\.mvn|project)\//,
  /(?:^|\/)(?:pom\.xml|build\.xml|gradlew(?:\.bat)?|mvnw(?:\.cmd)?|gradle\.properties|settings\.xml|Makefile)$/,
);
/** Spring looks for these files next to the jar. */
const SETTINGS = /^(?:config\/)?application[\w-]*\.(?:properties|ya?ml)$/;

/** `mvnw` for both `sh ./mvnw package` and `./mvnw package`. */
function toolOf({ name, words }: ShellCommand): string {
  const script = /^(?:ba|da)?sh$/.test(name) ? words[1]?.value : undefined;
  return script !== undefined && WRAPPERS.test(script) ? baseName(script) : name;
}

function javaKind(command: ShellCommand): 'build' | 'check' | Guard | undefined {
  const { words } = command;
  const name = toolOf(command);
  // Permissions and line endings of the wrapper.
  if (/^(?:chmod|sed|dos2unix)$/.test(name) && words.slice(1).some(({ value }) => WRAPPERS.test(value))) return 'build';
  if (!TOOLS.test(name)) return undefined;
  if (
    /^(?:mvnw?|gradlew?|sbt|lein)$/.test(name) &&
    words.some(({ value }) => /^(?:deploy|publish|bootRun|spring-boot:run|quarkus:dev|run)$/.test(value))
  )
    return refuse('`{name}` starts or publishes the program', { name });
  return 'build';
}

/** Tomcat's webapps directory, if a RUN puts a war file there. */
function webapps(
  { stage }: Site,
  commands: readonly ShellCommand[],
  starts: readonly StartedCommand[],
): readonly string[] | undefined {
  if (stage.base.kind !== 'image' || !isTomcat(stage.base.image) || !startsJava(starts, true)) return undefined;
  const isPut = commands.some(
    ({ name, words }) => /^(?:cp|mv|install)$/.test(name) && /(?:^|\/)webapps(?:\/|$)/.test(words.at(-1)?.value ?? ''),
  );
  return isPut ? ['/usr/local/tomcat/webapps/'] : undefined;
}

/** The files that the start commands need; a guard if they are unknown. */
function artefactsOf(
  site: Site,
  commands: readonly ShellCommand[],
  starts: readonly StartedCommand[],
): readonly string[] | Guard {
  const found = new Set<string>();
  for (const start of starts) {
    const paths = start.name === 'java' ? programOf(site, start, commands) : distributionOf(start);
    if (isGuard(paths)) return paths;
    for (const path of paths) found.add(path);
  }
  if (found.size > 0) return [...found];
  const tool = starts.find(({ name }) => isJdkProgram(name));
  return tool
    ? refuse('`{name}` starts the program: build a jar and start it with `java -jar`', { name: tool.name })
    : refuse('the container does not start `java`');
}

/** The start script of Gradle's `application` plugin or of sbt-native-packager, with all files next to it. */
function distributionOf({ words, workdir }: StartedCommand): readonly string[] {
  const program = words[0]?.isStatic && workdir !== undefined ? absolutePath(words[0].value, workdir) : '';
  const folder = /^(.+\/(?:build\/install\/[^/]+|target\/(?:appassembler|universal\/stage)))\/bin\/[^/]+$/.exec(
    program,
  )?.[1];
  return folder === undefined ? [] : [`${folder}/`];
}

function programOf(site: Site, start: StartedCommand, commands: readonly ShellCommand[]): readonly string[] | Guard {
  const { words, workdir } = start;
  if (workdir === undefined) return refuse('cannot determine the directory that the program starts in');
  const at = words.findIndex(({ value }) => value === '-jar');
  if (at >= 0) {
    const jar = valueOf(start, at + 1);
    return jar === undefined ? refuse('the name of the jar is unknown') : jarOf(site, absolutePath(jar, workdir));
  }
  const option = words.findIndex(({ value }) => /^(?:-cp|-classpath|--class-path)$/.test(value));
  if (option >= 0) return classPath(site, workdir, valueOf(start, option + 1) ?? words[option + 1]?.value);
  const compiled = commands.find(({ name }) => name === 'javac');
  if (!compiled || readOptions(compiled).operands.length === 0)
    return refuse('cannot determine what the container starts');
  const home = `${workdir === '/' ? '' : workdir}/`;
  // The classes of a package are in its folder.
  const hasPackages = [...site.copied.files.keys()].some(
    (path) => path.endsWith('.java') && path.startsWith(home) && path.slice(home.length).includes('/'),
  );
  if (hasPackages || compiled.words.some(({ value }) => value === '-d' || value.includes('/')))
    return refuse('cannot determine where the classes are');
  return [`${home}*.class`];
}

/** A word of a start command with its variables expanded and wildcards kept; undefined if the value is unknown. */
function valueOf({ words, node, isShell, variables }: StartedCommand, at: number): string | undefined {
  const word = words[at];
  if (!word || (!isShell && /[*$]/.test(word.value))) return undefined;
  if (word.isStatic) return word.value;
  const own = word.value.replace(/\$\{?(\w+)\}?/g, (text, name: string) => variables.get(name) ?? text);
  const value = node ? node.expand(own) : own;
  return value === undefined || /[$`?[{]/.test(value) ? undefined : value;
}

function jarOf(site: Site, path: string): readonly string[] | Guard {
  if (site.copied.files.has(path)) return refuse('the jar is copied in, not built here');
  const folder = path.slice(0, path.lastIndexOf('/'));
  // Quarkus has its libraries next to the jar.
  if (path.endsWith('/quarkus-run.jar')) return [`${folder}/`];
  const manifests = [...site.context.files.keys()].filter((file) =>
    /(?:^|\/)(?:pom\.xml|build\.gradle(?:\.kts)?)$/.test(file),
  );
  const text = manifests.map((file) => site.context.read(file) ?? '').join('\n');
  if (path.endsWith('-runner.jar') && /quarkus/.test(text) && !/uber-jar/.test(text)) return [path, `${folder}/lib/`];
  const prefix = /<classpathPrefix>\s*([\w.-]+)\/?\s*</.exec(text)?.[1];
  if (prefix !== undefined) return [path, `${folder}/${prefix}/`];
  if (/<addClasspath>\s*true/.test(text) || /Class-Path/i.test(text)) return refuse('the jar references other jars');
  return [path];
}

function classPath(site: Site, workdir: string, value: string | undefined): readonly string[] | Guard {
  const entries = (value ?? '').split(':').filter((entry) => entry !== '');
  // `lib/*` is Java's own syntax for all jars in a directory.
  const paths = entries.map((entry) => entry.replace(/\/\*?$/, ''));
  if (paths.length === 0 || paths.some((path) => /[*$]/.test(path) || /^\.?$/.test(path)))
    return refuse('the class path is unknown');
  const copied = [...site.copied.files.keys()];
  const built = paths
    .map((path) => absolutePath(path, workdir))
    .filter((path) => !copied.some((file) => isWithin(file, path)))
    .map((path) => (path.endsWith('.jar') ? path : `${path}/`));
  return built.length > 0 ? built : refuse('nothing on the class path is built here');
}

/** The JRE image of the same version. */
function runtimeOf(site: Site, { packages }: RuntimeNeeds, commands: readonly ShellCommand[]): string | Guard {
  const { stage, facts } = site;
  if (stage.base.kind !== 'image') return refuse('the base image is unknown');
  const { repository } = stage.base.image;
  const refusal: Guard = refuse('no matching JRE image is known for this image');
  if (/^(?:debian|ubuntu)$/.test(repository))
    return packages.some((name) => /jre/.test(name)) ? (smallerImage(site) ?? refusal) : refusal;
  const runtime = javaRuntimeOf(stage.base.image, facts, releaseOf(site));
  if (!runtime) return refusal;
  const installed = new Set(installedPackages(stage.instructions));
  return jreImage(site, runtime, {
    commands: commands.filter((command) => /^(?:setup|system|user)$/.test(commandKind(command) ?? '')),
    // The packages that ship with the old image have the same names on Debian and Ubuntu.
    packages: packages.filter((name) => installed.has(name) && !TEMURIN_PROGRAMS.ubuntu.includes(name)),
  });
}

/** The Java release that the project targets: the program runs on it if the image tag does not name a version. */
function releaseOf({ context }: Site): number | undefined {
  const text = ['pom.xml', 'build.gradle', 'build.gradle.kts'].map((path) => context.read(path) ?? '').join('\n');
  const [, release] =
    /<(?:maven\.compiler\.)?release>\s*(\d+)\s*</.exec(text) ??
    /(?:JavaLanguageVersion\.of|jvmToolchain)\(\s*(\d+)\s*\)/.exec(text) ??
    // Since Spring Boot requires Java 17, it uses this property as the release.
    /<java\.version>\s*(1[7-9]|[2-9]\d)\s*</.exec(text) ??
    [];
  return release === undefined ? undefined : Number(release);
}
