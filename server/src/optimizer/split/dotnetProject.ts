import { normalPath } from '../../app/copiedFiles';
import type { Site } from '../../app/site';
import type { ImageReference } from '../../dockerfile/model';
import type { BuildContext } from '../../engine/buildContext';
import { isReleaseBefore } from '../../knowledge/releaseOrder';
import { baseName } from '../../text/paths';
import { type Guard, refuse } from '../transform';

/** A .NET project next to the Dockerfile. */
export interface DotnetProject {
  /** Path in the build context. */
  readonly path: string;
  /** Its folder in the build context; '' for the root of the context. */
  readonly folder: string;
  readonly text: string;
  /** Name of the assembly that it builds, without extension; undefined if a variable determines it. */
  readonly assembly: string | undefined;
}

/** The output directory, and what is started from it. */
export interface Published {
  /** Directory in the builder. */
  readonly folder: string;
  readonly project: DotnetProject;
  /** Words of the publish command. */
  readonly words: readonly string[];
  /** It is started directly, not with `dotnet`. */
  readonly isProgram: boolean;
}

export function dotnetProjects(context: BuildContext): DotnetProject[] {
  return [...context.files.keys()]
    .filter((path) => /\.(?:cs|fs|vb)proj$/.test(path))
    .map((path) => {
      const text = context.read(path) ?? '';
      const [, assembly = baseName(path).replace(/\.\w+$/, '')] = /<AssemblyName>([^<]{1,200})</.exec(text) ?? [];
      return {
        path,
        folder: path.slice(0, path.lastIndexOf('/') + 1),
        text,
        assembly: assembly.includes('$') ? undefined : assembly.trim(),
      };
    });
}

/** True if it serves HTTP with ASP.NET Core: by its SDK, a package, or a referenced project. */
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
    // Bounded: a file of at most 256 KB, and only a line end gives the start.
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

/** Docker Hub's images from before 2019, which no longer exist. */
export const GONE: Guard = refuse(
  'its images are no longer on Docker Hub: use mcr.microsoft.com/dotnet/sdk with a supported version',
);

/** True if the text of a project or an option of a command sets it. */
export function isSet(name: string, { text }: DotnetProject, words: readonly string[] = []): boolean {
  return (
    new RegExp(`<${name}>\\s*true`, 'i').test(text) ||
    words.some((word) => new RegExp(`^[-/]+p(?:roperty)?:${name}=true$`, 'i').test(word))
  );
}

/** The image with the runtime of the SDK's version; undefined if it is unknown. */
export function runtimeImageName(
  { registry, repository, tag }: ImageReference,
  kind: 'aspnet' | 'runtime' | 'runtime-deps',
): string | undefined {
  const prefix = registry === undefined ? '' : `${registry}/`;
  if (/(?:^|\/)dotnet\/(?:core\/|nightly\/)?sdk$/.test(repository)) {
    const folder = repository.replace(/sdk$/, kind);
    if (tag === undefined) return `${prefix}${folder}`;
    // SDK patch versions start at 100, runtime patch versions at 0.
    return `${prefix}${folder}:${tag.replace(/^(\d+\.\d+)\.\d{3}/, '$1')}`;
  }
  return undefined;
}

/** The images of the .NET SDK, under all names that they have had. */
export function isDotnetSdk({ repository }: ImageReference): boolean {
  return /(?:^|\/)dotnet\/(?:core\/|nightly\/)?sdk$/.test(repository) || repository === 'microsoft/dotnet';
}

/** The project that builds the started file. */
export function projectOf(projects: readonly DotnetProject[], library: string): DotnetProject | undefined {
  const name = baseName(library).replace(/\.dll$/, '');
  return projects.find(({ assembly }) => assembly === name) ?? (projects.length === 1 ? projects[0] : undefined);
}

/** Alpine's runtime images lack culture and time zone data, which the SDK images have. */
export function alpineCulture(site: Site, project: DotnetProject): readonly string[] {
  if (site.facts.distro !== 'alpine' || isSet('InvariantGlobalization', project)) return [];
  const { instructions } = site.stage;
  return [
    `RUN apk add --no-cache ${hasIcuData(site) ? 'icu-data-full ' : ''}icu-libs tzdata`,
    ...(instructions.some(({ bodyText }) => /GLOBALIZATION_INVARIANT/.test(bodyText))
      ? []
      : ['ENV DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=false']),
  ];
}

/** Before Alpine 3.16, on which .NET 5 never was, the data is in icu-libs. */
function hasIcuData({ stage: { base }, facts }: Site): boolean {
  if (base.kind !== 'image') return true;
  return (
    !isReleaseBefore({ alpine: '3.16' }, base.image, facts) && !/^(?:[25]|3\.0)(?:\.|-|$)/.test(base.image.tag ?? '')
  );
}
