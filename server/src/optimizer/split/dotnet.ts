import { absolutePath, workdirAt } from '../../app/copiedFiles';
import type { Site } from '../../app/site';
import { startWords } from '../../commands/startProgram';
import { phrase } from '../../l10n/phrase';
import type { ShellCommand } from '../../shell/script';
import { type Guard, refuse } from '../transform';
import { splitCompiled } from './compiled';
import type { Split } from './compose';
import { workdirAtEnd } from './workdir';

/** .NET: what `dotnet publish` writes, on the runtime of the same version. */
export function splitDotnet(site: Site): Split | Guard | undefined {
  const { stage, context } = site;
  if (stage.base.kind !== 'image' || !/(?:^|\/)dotnet\/(?:core\/)?sdk$/.test(stage.base.image.repository))
    return undefined;
  const runs = stage.instructions.filter(({ keyword }) => keyword === 'RUN');
  const publishes = runs.flatMap((run) =>
    (run.script?.commands ?? []).filter(isPublish).map((command) => ({ run, command })),
  );
  const [publish] = publishes;
  if (!publish) return refuse('nothing is published: `dotnet publish` makes what runs');
  if (publishes.length > 1) return refuse('several projects are published');
  const output = outputOf(publish.command);
  if (output === undefined) return refuse('where `dotnet publish` writes is not known');
  const folder = absolutePath(output, workdirAt(publish.run));
  const start = startWords(stage) ?? [];
  const workdir = workdirAtEnd(stage.instructions);
  const library = start[0] === 'dotnet' ? start[1] : start[0];
  if (library === undefined || !absolutePath(library, workdir).startsWith(`${folder}/`))
    return refuse('what is started is not what is published');
  const projects = [...context.files.keys()]
    .filter((path) => /\.(?:cs|fs|vb)proj$/.test(path))
    .map((path) => context.read(path) ?? '');
  if (projects.length === 0) return refuse('the project file is not beside the Dockerfile');
  const isWeb = projects.some((text) => /Microsoft\.NET\.Sdk\.Web|Microsoft\.AspNetCore\.App/.test(text));
  const { registry, repository, tag, digest } = stage.base.image;
  if (digest !== undefined) return refuse('the image is pinned to a digest, and that of the runtime is not known');
  const name = `${registry === undefined ? '' : `${registry}/`}${repository.replace(/sdk$/, isWeb ? 'aspnet' : 'runtime')}${tag === undefined ? '' : `:${tag}`}`;
  return splitCompiled(site, {
    language: '.NET',
    kindOf: (command) => (command.name === 'dotnet' ? dotnetKind(command) : undefined),
    artefacts: [folder],
    isSource: (path) =>
      /\.(?:cs|fs|vb|cshtml|razor|resx|csproj|fsproj|vbproj|sln|slnx|props|targets|json|config|ruleset)$|^(?:wwwroot|obj|bin|Properties|Views|Pages)\//.test(
        path,
      ),
    isBuildVariable: (variable) => /^(?:NUGET_\w+|DOTNET_CLI_\w+)$/.test(variable),
    libraries: [],
    runtimeImage: ({ packages }) =>
      packages.length > 0
        ? refuse('{name} is installed, and is not in the runtime image', { name: packages[0] ?? '' })
        : name,
    risk: phrase('A tool of the SDK that the program calls is not in the runtime image.'),
  });
}

function isPublish({ name, words }: ShellCommand): boolean {
  return name === 'dotnet' && words[1]?.value === 'publish';
}

function dotnetKind({ words }: ShellCommand): 'build' | 'check' | Guard {
  const subcommand = words[1]?.value ?? '';
  if (/^(?:restore|build|publish|clean|msbuild)$/.test(subcommand)) return 'build';
  return subcommand === 'test'
    ? 'check'
    : refuse('what `{name}` leaves behind is not known', { name: `dotnet ${subcommand}` });
}

function outputOf({ words }: ShellCommand): string | undefined {
  const values = words.map(({ value }) => value);
  const at = values.findIndex((value) => value === '-o' || value === '--output');
  const written = at >= 0 ? values[at + 1] : values.find((value) => value.startsWith('--output='))?.slice(9);
  return written === undefined || written.includes('$') ? undefined : written;
}
