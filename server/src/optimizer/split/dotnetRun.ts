import { absolutePath } from '../../app/copiedFiles';
import type { Site } from '../../app/site';
import type { StartedCommand } from '../../app/start/startedCommands';
import type { Instruction } from '../../dockerfile/model';
import { phrase } from '../../l10n/phrase';
import { type Guard, refuse } from '../transform';
import type { Split } from './compose';
import type { Published } from './dotnet';
import type { DotnetProject } from './dotnetProject';

const OUTPUT = '/publish';

interface DotnetRun {
  readonly published: Published;
  /** What the builder does at its end. */
  readonly epilogue: readonly string[] | undefined;
  rewritten(split: Split): Split;
}

/**
 * `dotnet run` compiles each time a container starts: published once, and started as what it makes. Where a RUN
 * publishes already, `done` is the folder.
 */
export function dotnetRun(
  site: Site,
  starts: readonly StartedCommand[],
  projects: readonly DotnetProject[],
  done: string | undefined,
): DotnetRun | Guard | undefined {
  const { stage, copied, context } = site;
  const [start] = starts.filter(({ name, words }) => name === 'dotnet' && words[1]?.value === 'run');
  if (!start) return undefined;
  if (starts.length > 1 || !start.node || start.workdir === undefined)
    return refuse('`dotnet run` is one of several commands: publish the program and start its .dll');
  const options = readRun(start.words.slice(2).map(({ value }) => value));
  if (!options) return refuse('`dotnet run` has its own options: publish the program and start its .dll');
  const { target, args, hasProfile } = options;
  const place = absolutePath(target ?? '.', start.workdir);
  const project = projects.find(({ path }) => {
    const name = path.split('/').at(-1) ?? '';
    return copied.files.get(place) === path || copied.files.get(`${place === '/' ? '' : place}/${name}`) === path;
  });
  if (!project) return refuse('it is not known which project `dotnet run` starts: name it with --project');
  if (project.assembly === undefined) return refuse('a variable names the assembly of the project');
  const settings = hasProfile ? profileOf(context.read(`${project.folder}Properties/launchSettings.json`)) : {};
  if (!settings) return refuse('launchSettings.json cannot be read');
  const words = ['dotnet', `${project.assembly}.dll`, ...args];
  const cmd = `${start.node.keyword} [${words.map((word) => JSON.stringify(word)).join(', ')}]`;
  const isSet = (name: string) => stage.instructions.some((node) => node.pairs.some((pair) => pair.name === name));
  const environment = Object.entries(settings)
    .filter(([name]) => !isSet(name))
    .map(([name, value]) => `ENV ${name}=${/^[\w.-]+$/.test(value) ? value : JSON.stringify(value)}`);
  const output = done ?? OUTPUT;
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
      risk: phrase(
        "The program is built as Release, at build time instead of at each start. Variables that the Dockerfile does not set come from launchSettings.json, except the URLs: set ASPNETCORE_URLS if it must not listen on the image's default port.",
      ),
    }),
  };
}

function isStart(line: string, node: Instruction | undefined): boolean {
  return new RegExp(`^\\s*(?:#.*\\n\\s*)*${node?.keyword}\\b`, 'i').test(line);
}

interface RunOptions {
  readonly target: string | undefined;
  readonly args: readonly string[];
  readonly hasProfile: boolean;
}

/** Options of `dotnet run` that a published program has as well. */
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
    else return undefined;
  }
  return { target, args, hasProfile };
}

/** The environment that the first profile for a project sets; undefined where it cannot be read. */
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
