import { absolutePath, workdirAt, workdirAtEnd } from '../../app/copiedFiles';
import type { Site } from '../../app/site';
import { managedStart } from '../../app/start/managedStart';
import type { StartedCommand } from '../../app/start/startedCommands';
import type { Instruction } from '../../dockerfile/model';
import { phrase } from '../../l10n/phrase';
import type { ShellCommand } from '../../shell/script';
import { baseName } from '../../text/paths';
import { type Guard, isGuard, refuse } from '../transform';
import { splitCompiled } from './compiled';
import type { Split } from './compose';
import {
  alpineCulture,
  type DotnetProject,
  dotnetProjects,
  GONE,
  isDotnetSdk,
  isSet,
  isWebProject,
  type Published,
  projectOf,
  runtimeImageName,
} from './dotnetProject';
import { dotnetRun } from './dotnetRun';
import { namedFiles } from './readFiles';

/** .NET: the output of `dotnet publish` on the runtime of the same version. */
export function splitDotnet(site: Site): Split | Guard | undefined {
  const { stage, context } = site;
  if (stage.base.kind !== 'image' || !isDotnetSdk(stage.base.image)) return undefined;
  if (stage.base.image.repository.startsWith('microsoft/')) return GONE;
  const runs = stage.instructions.filter(({ keyword }) => keyword === 'RUN');
  const publishes = runs.flatMap((run) =>
    (run.script?.commands ?? []).filter(isPublish).map((command) => ({ run, command })),
  );
  const starts = managedStart(site);
  if (!starts) return refuse('the script that starts the program cannot be read');
  const tool = starts.find(({ name, words }) => name === 'dotnet' && /^(?:watch|ef|test)$/.test(words[1]?.value ?? ''));
  if (tool)
    return tool.words[1]?.value === 'watch'
      ? refuse('`{program}` is a development server, which compiles while the container runs', {
          program: 'dotnet watch',
        })
      : refuse('the container starts `{program}`, which needs the build tools', {
          program: `dotnet ${tool.words[1]?.value}`,
        });
  const projects = dotnetProjects(context);
  if (projects.length === 0) return refuse('the project file is not in the build context');
  const [publish] = publishes;
  if (publishes.length > 1) return refuse('several projects are published');
  const output = publish && outputOf(publish.command);
  const done = publish && output !== undefined ? absolutePath(output, workdirAt(publish.run)) : undefined;
  const run = dotnetRun(site, starts, projects, done);
  if (isGuard(run)) return run;
  if (run) {
    if (publish && !isOf(publish, run.published.project))
      return refuse('the container does not start the program that is published');
    const split = splitPublished(site, run.published, projects, run.epilogue);
    return isGuard(split) ? split : run.rewritten(split);
  }
  if (!publish) return refuse('nothing is published: build the program with `dotnet publish`');
  const published = publishedBy(publish, starts, projects);
  if (isGuard(published)) return published;
  const split = splitPublished(site, published, projects);
  return isGuard(split) ? split : besideSettings(site, split, published, starts);
}

/** True if the project itself is published, and not as a single file. */
function isOf({ command }: { command: ShellCommand }, project: DotnetProject): boolean {
  const named = command.words.find(({ value }) => /\.(?:cs|fs|vb)proj$/.test(value))?.value;
  return (
    !['PublishSingleFile', 'PublishAot'].some((name) =>
      isSet(
        name,
        project,
        command.words.map(({ value }) => value),
      ),
    ) &&
    (named === undefined || baseName(named) === baseName(project.path))
  );
}

function publishedBy(
  { run, command }: { run: Instruction; command: ShellCommand },
  starts: readonly StartedCommand[],
  projects: readonly DotnetProject[],
): Published | Guard {
  const output = outputOf(command);
  const places = starts.map(libraryOf).filter((path) => path !== undefined);
  // Without the option, it is a directory with this name below `bin`.
  const folder =
    output === undefined
      ? places.find((path) => path.includes('/bin/') && /\/publish\/[^/]+$/.test(path))?.replace(/\/[^/]+$/, '')
      : absolutePath(output, workdirAt(run));
  if (folder === undefined) return refuse('cannot determine the output directory of `dotnet publish`: set it with -o');
  const started = starts.find((start) => libraryOf(start)?.startsWith(`${folder}/`));
  const library = started && libraryOf(started);
  if (!started || library === undefined) return refuse('the container does not start the program that is published');
  const project = projectOf(projects, library);
  if (!project) return refuse('the project file is not in the build context');
  return { folder, project, words: command.words.map(({ value }) => value), isProgram: started.name !== 'dotnet' };
}

/** Path of the library or program that a command starts. */
function libraryOf({ name, words, workdir }: StartedCommand): string | undefined {
  const word = name === 'dotnet' ? words.slice(1).find(({ value }) => value.endsWith('.dll')) : words[0];
  return word?.isStatic && workdir !== undefined ? absolutePath(word.value, workdir) : undefined;
}

/** The split itself: the published directory on the runtime that it needs. */
function splitPublished(
  site: Site,
  { folder, project, words, isProgram }: Published,
  projects: readonly DotnetProject[],
  epilogue?: readonly string[],
): Split | Guard {
  const { stage, context } = site;
  if (stage.base.kind !== 'image') return refuse('the base image is unknown');
  const { image } = stage.base;
  if (image.digest !== undefined)
    return refuse('the image is pinned to a digest: choose the runtime image and its digest yourself');
  const isAlone =
    isProgram &&
    (words.includes('--self-contained') || ['SelfContained', 'PublishAot'].some((name) => isSet(name, project, words)));
  const kind = isAlone ? 'runtime-deps' : isWebProject(project, projects, context) ? 'aspnet' : 'runtime';
  const name = runtimeImageName(image, kind);
  if (name === undefined) return refuse('no runtime image is known for this version of .NET');
  // `dotnet run` starts the program in its project's directory, whose files are published.
  const isNeeded = neededFiles(site, project, epilogue !== undefined || isProjectFolder(site, project));
  const split = splitCompiled(site, {
    language: '.NET',
    kindOf: (command) => dotnetKind(command),
    artefacts: [`${folder}/`],
    isSource: (path) => !isNeeded(path),
    isBuildVariable: (variable) => /^(?:NUGET_\w+|DOTNET_CLI_\w+)$/.test(variable),
    libraries: [],
    needsItsLibc: true,
    ...(epilogue === undefined ? {} : { epilogue, isReplaced }),
    runtimeImage: () => name,
    risk: phrase('The runtime image has no SDK tools: a program that calls one fails.'),
  });
  return isGuard(split) ? split : { ...split, final: [...alpineCulture(site, project), ...split.final] };
}

/** Files that only the build or a developer reads. */
const SOURCES = [
  /\.(?:cs|fs|vb|cshtml|razor|resx|csproj|fsproj|vbproj|sln|slnx|props|targets|ruleset|user|pubxml)$/i,
  /(?:^|\/)(?:obj|bin|Properties|\.\w+)\//,
  /(?:^|\/)(?:launchSettings|global|package|package-lock|tsconfig|libman|bundleconfig|dotnet-tools)\.json$/,
  /(?:^|\/)(?:nuget\.config|web\.config|packages\.lock\.json)$/i,
];

/** Files that the program finds relative to its working directory and that are not part of the published output. */
function neededFiles(site: Site, project: DotnetProject, isHome: boolean): (path: string) => boolean {
  const isNamed = namedFiles(site);
  const { copied, stage } = site;
  const workdir = workdirAtEnd(stage.instructions).replace(/\/$/, '');
  const isPublished = (path: string) =>
    /Sdk\.Web/.test(project.text) &&
    path.startsWith(project.folder) &&
    /\.(?:json|config)$|^wwwroot\//.test(path.slice(project.folder.length));
  const places = new Map([...copied.files].map(([place, path]) => [path, place]));
  return (path) => {
    if (SOURCES.some((pattern) => pattern.test(path)) || (isHome && isPublished(path))) return false;
    const inWorkdir = (places.get(path) ?? '').startsWith(`${workdir}/`)
      ? (places.get(path) ?? '').slice(workdir.length + 1)
      : '';
    // The program looks for settings and static files in its working directory.
    if (/^(?:appsettings[^/]*\.json$|wwwroot\/)/.test(inWorkdir)) return true;
    return inWorkdir !== '' && !/\.(?:md|docx?|pdf)$|^\.|(?:^|\/)Dockerfile/.test(path) && isNamed(path);
  };
}

/** The program is started in the directory that its project is copied to. */
function isProjectFolder({ copied, stage }: Site, { path }: DotnetProject): boolean {
  const workdir = workdirAtEnd(stage.instructions).replace(/\/$/, '');
  return copied.files.get(`${workdir}/${baseName(path)}`) === path;
}

/**
 * A program reads its settings and static files from its working directory. If that is the project's directory and the
 * published output is below it, the published files take its place.
 */
function besideSettings(
  site: Site,
  split: Split,
  { folder, project }: Published,
  starts: readonly StartedCommand[],
): Split {
  const workdir = workdirAtEnd(site.stage.instructions);
  const inside = `${folder.slice(workdir.length).replace(/^\//, '')}/`;
  const start = starts.find((one) => libraryOf(one)?.startsWith(`${folder}/`));
  if (!isProjectFolder(site, project) || !folder.startsWith(`${workdir.replace(/\/$/, '')}/`) || !start?.node)
    return split;
  const written = start.words.find(({ value }) => value.includes(inside))?.value;
  if (written === undefined || site.stage.instructions.some(({ keyword }) => keyword === 'VOLUME')) return split;
  const moved = written.replace(
    new RegExp(`^(?:\\./)?${inside.replace(/[.]/g, '\\.')}`),
    written.startsWith('./') ? './' : '',
  );
  return {
    ...split,
    final: split.final.map((line) => {
      if (line.trimStart().startsWith('COPY --from=') && line.includes(` ${folder} ${folder}`))
        return line.replace(` ${folder} ${folder}`, ` ${folder} ${workdir}`);
      return /^\s*(?:#.*\n\s*)*(?:CMD|ENTRYPOINT)\b/i.test(line) ? line.replace(written, moved) : line;
    }),
  };
}

function isPublish({ name, words }: ShellCommand): boolean {
  return name === 'dotnet' && words[1]?.value === 'publish';
}

/** Once the project is published at the end, another build, or a publish without an output directory, has no use. */
function isReplaced({ script }: Instruction): boolean {
  return script?.commands.every((command) => isBuild(command) || isPlainPublish(command)) ?? false;
}

function isBuild({ name, words }: ShellCommand): boolean {
  return name === 'dotnet' && words[1]?.value === 'build';
}

function isPlainPublish(command: ShellCommand): boolean {
  const options = command.words.slice(2).map(({ value }) => value);
  return (
    isPublish(command) &&
    options.every((word) => /^(?:-c|--configuration|Debug|Release|--no-restore)$|proj$/.test(word))
  );
}

function dotnetKind({ name, words }: ShellCommand): 'build' | 'check' | Guard | undefined {
  if (name !== 'dotnet') return undefined;
  const subcommand = words[1]?.value ?? '';
  if (
    /^(?:restore|build|publish|pack|add|remove|new|sln|list|format|tool|workload|clean|msbuild|nuget|--version|--info|--list-sdks)$/.test(
      subcommand,
    )
  )
    return 'build';
  if (subcommand === 'dev-certs')
    return refuse('the development certificate is created in the image: pass a certificate at run time');
  return subcommand === 'test'
    ? 'check'
    : refuse('cannot determine which files `{name}` leaves behind', { name: `dotnet ${subcommand}` });
}

function outputOf({ words }: ShellCommand): string | undefined {
  const values = words.map(({ value }) => value);
  const at = values.findIndex((value) => value === '-o' || value === '--output');
  const written = at >= 0 ? values[at + 1] : values.find((value) => value.startsWith('--output='))?.slice(9);
  return written === undefined || written.includes('$') ? undefined : written;
}
