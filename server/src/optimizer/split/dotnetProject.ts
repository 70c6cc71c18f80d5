import { normalPath } from '../../app/copiedFiles';
import type { Site } from '../../app/site';
import type { ImageReference } from '../../dockerfile/model';
import type { BuildContext } from '../../engine/buildContext';
import { type Guard, refuse } from '../transform';

/** A project of .NET beside the Dockerfile. */
export interface DotnetProject {
  /** In the build context. */
  readonly path: string;
  /** Its folder in the context, '' for the context's own. */
  readonly folder: string;
  readonly text: string;
  /** Of what it makes, without ending; undefined where a variable names it. */
  readonly assembly: string | undefined;
}

/** What is published where, and what of it is started. */
export interface Published {
  /** The folder in the builder. */
  readonly folder: string;
  readonly project: DotnetProject;
  /** Words of the command that publishes. */
  readonly words: readonly string[];
  /** It is started by itself, and not by `dotnet`. */
  readonly isProgram: boolean;
}

export function dotnetProjects(context: BuildContext): DotnetProject[] {
  return [...context.files.keys()]
    .filter((path) => /\.(?:cs|fs|vb)proj$/.test(path))
    .map((path) => {
      const text = context.read(path) ?? '';
      const [, assembly = (path.split('/').at(-1) ?? '').replace(/\.\w+$/, '')] =
        /<AssemblyName>([^<]{1,200})</.exec(text) ?? [];
      return {
        path,
        folder: path.slice(0, path.lastIndexOf('/') + 1),
        text,
        assembly: assembly.includes('$') ? undefined : assembly.trim(),
      };
    });
}

/** True where it serves HTTP with ASP.NET Core: by its SDK, a package, or a project that it refers to. */
export function isWebProject(
  project: DotnetProject,
  projects: readonly DotnetProject[],
  context: BuildContext,
): boolean {
  const seen = new Set<DotnetProject>();
  const open = [project];
  for (let one = open.pop(); one; one = open.pop()) {
    if (seen.has(one)) continue;
    seen.add(one);
    if (/Microsoft\.NET\.Sdk\.(?:Web|BlazorWebAssembly)\b|AspNetCore|Grpc\.AspNetCore|Yarp\./.test(one.text))
      return true;
    for (const [, reference = ''] of one.text.matchAll(/<ProjectReference\b[^<>]*\bInclude\s*=\s*"([^"]+)"/g)) {
      const path = normalPath(one.folder + reference.replaceAll('\\', '/'));
      const other = projects.find((candidate) => candidate.path === path);
      if (other) open.push(other);
    }
  }
  return ['Directory.Build.props', 'Directory.Build.targets'].some((path) =>
    /AspNetCore/.test(context.read(path) ?? ''),
  );
}

/** Docker Hub's images of before 2019: they are not there any more. */
export const GONE: Guard = refuse(
  'its images are no longer on Docker Hub: use mcr.microsoft.com/dotnet/sdk with a supported version',
);

/** True where the text of a project or an option of a command says so. */
export function isSet(name: string, { text }: DotnetProject, words: readonly string[] = []): boolean {
  return (
    new RegExp(`<${name}>\\s*true`, 'i').test(text) ||
    words.some((word) => new RegExp(`^[-/]+p(?:roperty)?:${name}=true$`, 'i').test(word))
  );
}

/** The image with the runtime of the SDK's version; undefined where it is not known. */
export function runtimeImageName(
  { registry, repository, tag }: ImageReference,
  kind: 'aspnet' | 'runtime' | 'runtime-deps',
): string | undefined {
  const prefix = registry === undefined ? '' : `${registry}/`;
  if (/(?:^|\/)dotnet\/(?:core\/)?sdk$/.test(repository)) {
    const folder = repository.replace(/sdk$/, kind);
    if (tag === undefined) return `${prefix}${folder}`;
    // SDKs count patches from 100 on, runtimes from 0.
    return `${prefix}${folder}:${tag.replace(/^(\d+\.\d+)\.\d{3}/, '$1')}`;
  }
  return undefined;
}

/** The images of .NET's SDK, under the names that they have had. */
export function isDotnetSdk({ repository }: ImageReference): boolean {
  return /(?:^|\/)dotnet\/(?:core\/)?sdk$/.test(repository) || repository === 'microsoft/dotnet';
}

/** The project that the file which is started is made of. */
export function projectOf(projects: readonly DotnetProject[], library: string): DotnetProject | undefined {
  const name = (library.split('/').at(-1) ?? '').replace(/\.dll$/, '');
  return projects.find(({ assembly }) => assembly === name) ?? (projects.length === 1 ? projects[0] : undefined);
}

/** Alpine's runtime images have no data of languages and time zones; those with the SDK have. */
export function alpineCulture(site: Site, project: DotnetProject): readonly string[] {
  if (site.facts.distro !== 'alpine' || isSet('InvariantGlobalization', project)) return [];
  const { instructions } = site.stage;
  return [
    'RUN apk add --no-cache icu-data-full icu-libs tzdata',
    ...(instructions.some(({ bodyText }) => /GLOBALIZATION_INVARIANT/.test(bodyText))
      ? []
      : ['ENV DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=false']),
  ];
}
