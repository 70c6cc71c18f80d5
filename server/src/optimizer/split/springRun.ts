import { folderOf } from '../../app/commandFolder';
import { absolutePath } from '../../app/copiedFiles';
import type { Site } from '../../app/site';
import { readSources } from '../../app/sources';
import type { StartedCommand } from '../../app/start/startedCommands';
import type { Instruction } from '../../dockerfile/model';
import { wordList } from '../../text/wordList';
import { type Guard, isGuard, refuse } from '../transform';
import { missingSources } from './compiledAtStart';
import { editedSource } from './compose';
import { springArchive } from './springProject';

/** `mvn spring-boot:run` or `gradle bootRun` at start, replaced by packaging in the build. */
export interface SpringRun {
  readonly archive: string;
  /** The command that packages it; undefined if the file already does. */
  readonly build: string | undefined;
  readonly start: ReadonlyMap<Instruction, string>;
}

const RUN_GOAL = /^(?::?bootRun|spring-boot:run)$/;

/** Undefined if the container is not started that way. */
export function springRun(site: Site, starts: readonly StartedCommand[]): SpringRun | Guard | undefined {
  const start = starts.find(({ name, words }) => /^(?:mvn|gradle)w?$/.test(name) && words.some(isRun));
  if (!start) return undefined;
  const { node, workdir, name } = start;
  const nodes = site.stage.instructions.filter(({ keyword }) => keyword === 'CMD' || keyword === 'ENTRYPOINT');
  if (starts.length !== 1 || nodes.length !== 1 || !node || workdir === undefined)
    return refuse('`{name}` starts the program: build a jar and start it with `java -jar`', { name });
  const options = readOptions(start.words.slice(1).map(({ value }) => value));
  if (!options)
    return refuse('`{name}` starts the program with its own options: build a jar and start it with `java -jar`', {
      name,
    });
  const isMaven = name.startsWith('mvn');
  const manifests = isMaven ? ['pom.xml'] : ['build.gradle', 'build.gradle.kts'];
  if (!manifests.some((path) => site.copied.files.get(absolutePath(path, workdir)) === path))
    return missingSources(site);
  const archive = springArchive(site.context, name);
  if (isGuard(archive)) return archive;
  if (opensClassPath(site))
    return refuse('the program opens files on its class path, which are inside the jar once it is packaged');
  const tool = start.words[0]?.value ?? name;
  const list = ['java', ...options.java, '-jar', archive, ...options.args];
  const isPacked = packs(site, name, workdir);
  return {
    archive: absolutePath(archive, workdir),
    build: isPacked ? undefined : `${tool} ${isMaven ? 'package -DskipTests' : 'bootJar --no-daemon'}`,
    start: new Map([
      [
        node,
        editedSource(site.dockerfile, node, [
          { span: node.body, newText: `[${list.map((word) => JSON.stringify(word)).join(', ')}]` },
        ]),
      ],
    ]),
  };
}

function isRun({ value }: { readonly value: string }): boolean {
  return RUN_GOAL.test(value);
}

/** Options of the plugin that also apply to a jar; undefined if there are others. */
function readOptions(words: readonly string[]): { java: string[]; args: string[] } | undefined {
  const java: string[] = [];
  const args: string[] = [];
  for (const word of words) {
    if (/[$*`]/.test(word)) return undefined;
    const [, key = '', value = ''] =
      /^(?:-Dspring-boot\.run\.|--)(profiles|arguments|jvmArguments|args)=(.*)$/.exec(word) ?? [];
    if (key === 'profiles') args.push(`--spring.profiles.active=${value}`);
    else if (key === 'jvmArguments') java.push(...value.split(' ').filter((one) => one !== ''));
    else if (key !== '')
      args.push(
        ...value
          .split(/[ ,](?=--)/)
          .map((one) => one.replace(/,$/, '').trim())
          .filter((one) => one !== ''),
      );
    else if (!IGNORED.test(word)) return undefined;
  }
  return [...java, ...args].some((word) => /["'\s]/.test(word)) ? undefined : { java, args };
}

/** Options that only affect the build. */
const IGNORED = wordList`
  clean compile package install test build -[eqXBU] -ntp --no-transfer-progress --no-daemon --batch-mode
  -DskipTests(?:=true)? -Dmaven\.test\.skip(?:=true)? -x --info --stacktrace :?bootRun spring-boot:run
`;

/** True if a RUN after all copies makes the jar. */
function packs({ stage }: Site, tool: string, workdir: string): boolean {
  const last = stage.instructions.findLast(
    ({ keyword, flags }) => /^(?:COPY|ADD)$/.test(keyword) && !flags.some((flag) => flag.name === 'from'),
  );
  const goal = tool.startsWith('mvn') ? /^(?:package|verify|install)$/ : /^(?:bootJar|build|assemble)$/;
  return stage.instructions.some(
    (run) =>
      run.keyword === 'RUN' &&
      run.span.start > (last?.span.start ?? 0) &&
      run.script?.commands.some(
        (command) =>
          /(?:mvn|gradle)w?$/.test(command.words[0]?.value ?? '') &&
          command.words.some(({ value }) => goal.test(value)) &&
          !command.words.some(({ value }) => /repackage\.skip|^-f|^--file|^-p|^-b/.test(value)) &&
          folderOf(run, command) === workdir,
      ),
  );
}

/** True if a source uses a `classpath:` resource as a file: inside a single jar there are no such files. */
function opensClassPath({ context }: Site): boolean {
  const paths = [...context.files.keys()].filter((path) => /^src\/main\/.*\.(?:java|kt|groovy)$/.test(path));
  return (readSources(context, paths) ?? []).some(
    ({ text }) =>
      /ResourceUtils\.getFile|getResource\([^)\n]{0,200}\)\.(?:getFile|getPath|toURI)/.test(text) ||
      (/\b(?:ClassPathResource|ResourceLoader)\b/.test(text) && /\.getFile\(\)/.test(text)),
  );
}
