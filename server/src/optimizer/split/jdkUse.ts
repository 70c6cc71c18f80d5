import type { Site } from '../../app/site';
import { readSources } from '../../app/sources';
import type { StartedCommand } from '../../app/start/startedCommands';
import type { BuildContext } from '../../engine/buildContext';
import { anyOf } from '../../text/pattern';
import { wordList } from '../../text/wordList';

/** Programs that only a JDK has, and build tools that compile at start. */
const JDK_PROGRAMS = wordList`
  ant gradlew? jar jarsigner javac javadoc javap jcmd jconsole jdb jdeps jhsdb jinfo jlink jmap jpackage jps
  jshell jstack jstat kotlinc? leiningen lein mill mvnw? native-image sbt scalac? clojure clj
`;

export function isJdkProgram(name: string): boolean {
  return JDK_PROGRAMS.test(name);
}

/** The JDK program that the container calls at run time, according to its start command, health check and sources. */
export function jdkUse(site: Site, starts: readonly StartedCommand[]): string | undefined {
  const started = starts.find(({ name }) => isJdkProgram(name))?.name;
  if (started !== undefined) return started;
  const health = site.stage.instructions
    .filter(({ keyword }) => keyword === 'HEALTHCHECK')
    .flatMap((node) => [
      ...(node.script?.commands.map(({ name }) => name) ?? []),
      ...node.args.map(({ value }) => value),
    ])
    .find(isJdkProgram);
  return health ?? compilerInSources(site.context);
}

/** Classes that are only in a JDK, and JDK programs that a source starts. */
const IN_SOURCES = anyOf(
  /\b(javax\.tools|com\.sun\.tools|com\.sun\.jdi|com\.sun\.source|jdk\.jshell|ByteBuddyAgent|VirtualMachine\.attach)\b/,
  /["'`](?:[\w$/{}.]*\/)?(javac|jcmd|jmap|jps|jstack|jstat|jinfo|jlink)["'` ]/,
);

function compilerInSources(context: BuildContext): string | undefined {
  const sources = readSources(
    context,
    [...context.files.keys()].filter((path) => /\.(?:java|kt|scala|groovy)$/.test(path)),
  );
  for (const { text } of sources ?? []) {
    // Code that runs inside the compiler does not run in the image.
    if (/javax\.annotation\.processing/.test(text)) continue;
    const found = IN_SOURCES.exec(text);
    if (found) return found[1] ?? found[2];
  }
  return undefined;
}
