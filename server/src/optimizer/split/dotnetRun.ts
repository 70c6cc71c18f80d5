import { absolutePath, workdirAtEnd } from '../../app/copiedFiles';
import type { Site } from '../../app/site';
import type { StartedCommand } from '../../app/start/startedCommands';
import type { Instruction } from '../../dockerfile/model';
import { phrase } from '../../l10n/phrase';
import { baseName } from '../../text/paths';
import { type Guard, refuse } from '../transform';
import type { Split } from './compose';
import { type DotnetProject, isWebProject, type Published } from './dotnetProject';

const OUTPUT = '/publish';

interface DotnetRun {
  readonly published: Published;
  /** Last lines of the builder. */
  readonly epilogue: readonly string[] | undefined;
  rewritten(split: Split): Split;
}

/**
 * `dotnet run` compiles each time a container starts, and the output of `dotnet build` in bin/ is for development.
 * Publishes the project once and starts the result. `done` is the directory if a RUN already publishes it.
 */
export function dotnetRun(
  site: Site,
  starts: readonly StartedCommand[],
  projects: readonly DotnetProject[],
  done: string | undefined,
): DotnetRun | Guard | undefined {
  const [start] = starts.filter((one) => isRun(one) || builtLibrary(one) !== undefined);
  if (!start) return undefined;
  const isCompiled = isRun(start);
  if (!isCompiled && done !== undefined) return undefined;
  if (starts.length > 1 || !start.node || start.workdir === undefined)
    return refuse('`dotnet run` is one of several commands: publish the program and start its .dll');
  const options = isCompiled ? readRun(start.words.slice(2).map(({ value }) => value)) : argsBehind(start);
  if (!options) return refuse('`dotnet run` has additional options: publish the program and start its .dll');
  const project = isCompiled
    ? projectIn(site, projects, absolutePath(options.target ?? '.', start.workdir))
    : projects.find(({ assembly }) => assembly === builtLibrary(start));
  if (!project) return refuse('cannot determine which project `dotnet run` starts: name it with --project');
  if (project.assembly === undefined) return refuse('a variable names the assembly of the project');
  const settings = options.hasProfile
    ? profileOf(site.context.read(`${project.folder}Properties/launchSettings.json`))
    : {};
  if (!settings) return refuse('launchSettings.json cannot be read');
  const words = ['dotnet', `${project.assembly}.dll`, ...options.args];
  const cmd = `${start.node.keyword} [${words.map((word) => JSON.stringify(word)).join(', ')}]`;
  const isSet = (name: string) => site.stage.instructions.some((node) => node.pairs.some((pair) => pair.name === name));
  const isWeb = isWebProject(project, projects, site.context);
  const port = isWeb && !options.args.some((word) => word.includes('urls')) ? exposedPort(site) : undefined;
  const environment = Object.entries({
    ...(port === undefined ? {} : { ASPNETCORE_URLS: `http://+:${port}` }),
    ...settings,
  })
    .filter(([name]) => !isSet(name))
    .map(([name, value]) => `ENV ${name}=${/^[\w.:/+-]+$/.test(value) ? value : JSON.stringify(value)}`);
  const output = done ?? OUTPUT;
  const target = isCompiled ? options.target : targetOf(site, project, workdirAtEnd(site.stage.instructions));
  const publish = `RUN dotnet publish ${target === undefined ? '' : `${target} `}-c Release -o ${OUTPUT}`;
  return {
    published: { folder: output, project, words: [], isProgram: false },
    epilogue: done === undefined ? [publish] : undefined,
    rewritten: (split) => ({
      ...split,
      final: split.final.map((line) =>
        isStart(line, start.node)
          ? line.replace(/(?:CMD|ENTRYPOINT)\b[\s\S]*$/i, () => [...environment, cmd].join('\n'))
          : line.replace(` ${output} ${output}`, ` ${output} ${start.workdir}`),
      ),
      risk: !isCompiled
        ? phrase('The program is published as Release instead of built: debug settings no longer apply.')
        : isWeb
          ? phrase(
              "The program is built as Release, at build time instead of at each start. Variables that the Dockerfile does not set come from launchSettings.json, except the URLs: set ASPNETCORE_URLS if it must not listen on the image's default port.",
            )
          : phrase(
              'The program is built as Release, at build time instead of at each start. Variables that the Dockerfile does not set come from launchSettings.json.',
            ),
    }),
  };
}

function isRun({ name, words }: StartedCommand): boolean {
  return name === 'dotnet' && words[1]?.value === 'run';
}

/** The name, without extension, of a started `bin/Debug/net8.0/App.dll`. */
function builtLibrary({ name, words, workdir }: StartedCommand): string | undefined {
  const word = name === 'dotnet' ? words[1] : undefined;
  if (!word?.isStatic || workdir === undefined) return undefined;
  return /\/bin\/(?:Debug|Release)\/net[\w.-]+\/([^/]+)\.dll$/.exec(absolutePath(word.value, workdir))?.[1];
}

function argsBehind({ words }: StartedCommand): RunOptions | undefined {
  const args = words.slice(2);
  return args.every(({ isStatic }) => isStatic)
    ? { target: undefined, args: args.map(({ value }) => value), hasProfile: false }
    : undefined;
}

function projectIn({ copied }: Site, projects: readonly DotnetProject[], place: string): DotnetProject | undefined {
  return projects.find(({ path }) => {
    const name = baseName(path);
    return copied.files.get(place) === path || copied.files.get(`${place === '/' ? '' : place}/${name}`) === path;
  });
}

/** Path of the project in the builder; undefined if it is in the working directory. */
function targetOf({ copied }: Site, { path }: DotnetProject, workdir: string): string | undefined {
  const [place] = [...copied.files].find(([, source]) => source === path) ?? [];
  return place === undefined || place.slice(0, place.lastIndexOf('/')) === workdir ? undefined : place;
}

/** The only HTTP port that the file exposes, if the runtime image would listen on another one. */
function exposedPort({ stage }: Site): string | undefined {
  if (
    stage.instructions.some(({ pairs }) =>
      pairs.some(({ name }) => /^(?:ASPNETCORE|DOTNET)_(?:URLS|HTTP_PORTS)$/.test(name)),
    )
  )
    return undefined;
  const ports = stage.instructions
    .filter(({ keyword }) => keyword === 'EXPOSE')
    .flatMap(({ args }) => args.map(({ value }) => value.replace(/\/tcp$/, '')));
  const [port, ...others] = ports.filter((one) => !/^(?:443|5001|7\d{3}|8443)$/.test(one));
  return port !== undefined && others.length === 0 && /^\d{2,5}$/.test(port) ? port : undefined;
}

function isStart(line: string, node: Instruction | undefined): boolean {
  return new RegExp(`^\\s*(?:#.*\\n\\s*)*${node?.keyword}\\b`, 'i').test(line);
}

interface RunOptions {
  readonly target: string | undefined;
  readonly args: readonly string[];
  readonly hasProfile: boolean;
}

/** Options of `dotnet run` that also apply to a published program. */
function readRun(words: readonly string[]): RunOptions | undefined {
  let target: string | undefined;
  let hasProfile = true;
  const args: string[] = [];
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? '';
    if (/[$*]/.test(word)) return undefined;
    if (word === '--') return { target, args: [...args, ...words.slice(index + 1)], hasProfile };
    if (/^(?:--project|-p)$/.test(word)) target = words[++index];
    else if (/^(?:-c|--configuration|-v|--verbosity)$/.test(word)) index++;
    else if (/^(?:--no-launch-profile)$/.test(word)) hasProfile = false;
    else if (/^(?:--no-restore|--no-build)$/.test(word)) continue;
    else if (/^--(?:server\.)?urls$/.test(word)) args.push(word, words[++index] ?? '');
    else if (/^--(?:server\.)?urls=/.test(word)) args.push(word);
    else if (word.startsWith('-')) return undefined;
    // Options that `dotnet run` does not know are passed to the program.
    else return { target, args: [...args, ...words.slice(index)], hasProfile };
  }
  return { target, args, hasProfile };
}

/** The environment that the first launch profile of a project sets; undefined if it cannot be read. */
function profileOf(text: string | undefined): Readonly<Record<string, string>> | undefined {
  if (text === undefined) return {};
  try {
    const { profiles = {} } = JSON.parse(text.replace(/^\uFEFF/, '')) as {
      profiles?: Record<string, { commandName?: string; environmentVariables?: Record<string, string> }>;
    };
    const profile = Object.values(profiles).find(({ commandName }) => commandName === 'Project');
    return profile?.environmentVariables ?? {};
  } catch {
    return undefined;
  }
}
