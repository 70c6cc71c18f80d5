import { normalPath } from '../../app/copiedFiles';
import type { BuildContext } from '../../engine/buildContext';
import { phrase } from '../../l10n/phrase';
import { type Guard, isGuard, refuse } from '../transform';
import type { Resolution, Resolver } from './resolver';

const MANY_PROJECTS = 12;
/** Files that MSBuild and NuGet look for next to a project and in every parent directory. */
const SHARED =
  /^(?:Directory\.(?:Build|Packages)\.(?:props|targets)|[Nn]u[Gg]et\.[Cc]onfig|global\.json|packages\.lock\.json)$/;
/** Options of build and publish that take a value and that restore does not have. */
const DROPPED = new Set(['-c', '--configuration', '-o', '--output', '-v', '--verbosity', '-f', '--framework']);

/** .NET: restores the project that is built and every project that it references. */
export const dotnet: Resolver = {
  tool: '.NET',
  isExact: true,
  isOwn: ({ name, words }) => name === 'dotnet' && /^(?:restore|build|publish|test|run)$/.test(words[1]?.value ?? ''),
  resolve({ words }, context): Resolution | Guard | undefined {
    const [, subcommand, ...given] = words;
    if (!/^(?:restore|build|publish)$/.test(subcommand?.value ?? '')) return undefined;
    const operands: string[] = [];
    for (let index = 0; index < given.length; index++) {
      const { value, isStatic } = given[index] ?? { value: '', isStatic: false };
      if (!isStatic) return undefined;
      if (DROPPED.has(value)) index++;
      else if (value === '--nologo' || /^--(?:configuration|output|verbosity|framework)=/.test(value)) continue;
      // Runtimes, properties and package sources affect the restore.
      else if (value.startsWith('-') || value.startsWith('/p')) return undefined;
      else operands.push(value);
    }
    const [target] = operands;
    if (operands.length > 1) return undefined;
    const start = startOf(target, context);
    if (start === undefined) return undefined;
    const projects = start.endsWith('.sln') ? projectsOf(start, context) : [start];
    const reached = isGuard(projects) ? projects : closure(projects, context);
    if (isGuard(reached)) return reached;
    const folders = new Set(reached.flatMap((path) => foldersAbove(path)));
    const shared = [...context.files.keys()].filter((path) => {
      const slash = path.lastIndexOf('/') + 1;
      return SHARED.test(path.slice(slash)) && folders.has(path.slice(0, slash));
    });
    if (shared.some((path) => /<Import\b/.test(context.read(path) ?? '')))
      return refuse('the build settings import other files');
    const manifests = [...(start.endsWith('.sln') ? [start] : []), ...reached, ...shared];
    if (manifests.some((path) => /\s/.test(path))) return undefined;
    const isRestore = subcommand?.value === 'restore';
    return {
      manifests,
      script: isRestore ? undefined : ['dotnet restore', ...(target === undefined ? [] : [target])].join(' '),
      ...(isRestore ? {} : { option: '--no-restore' }),
      risk: phrase('A project that only a build script adds is not restored together with the others.'),
    };
  },
};

/** The project or solution that a command builds, by its path in the build context. */
function startOf(target: string | undefined, { files }: BuildContext): string | undefined {
  const path = normalPath(target ?? '.');
  if (files.has(path)) return /\.(?:(?:cs|fs|vb)proj|sln)$/.test(path) ? path : undefined;
  const folder = path === '' ? '' : `${path}/`;
  const inside = [...files.keys()].filter(
    (file) => file.startsWith(folder) && /^[^/]+\.(?:(?:cs|fs|vb)proj|sln)$/.test(file.slice(folder.length)),
  );
  return inside.length === 1 ? inside[0] : undefined;
}

function projectsOf(solution: string, context: BuildContext): string[] | Guard {
  const text = context.read(solution);
  if (text === undefined) return refuse('{path} cannot be read', { path: solution });
  const folder = solution.slice(0, solution.lastIndexOf('/') + 1);
  // Bounded: a file of at most 256 KB, and only a line end gives the start.
  const named = [...text.matchAll(/^Project\("[^"\n]*"\)[ \t]*=[ \t]*"[^"\n]*",[ \t]*"([^"\n]+\.\w+proj)"/gm)];
  return named.map(([, path = '']) => normalPath(folder + path.replaceAll('\\', '/')));
}

/** The projects and all projects that they reference; a guard if they are not known. */
function closure(projects: readonly string[], context: BuildContext): string[] | Guard {
  const reached = new Set<string>();
  const open = [...projects];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (reached.has(path)) continue;
    reached.add(path);
    const text = context.read(path);
    if (text === undefined) return refuse('{path} is not among the files that are copied', { path });
    if (/<Import\b/.test(text)) return refuse('{path} imports other files', { path });
    const folder = path.slice(0, path.lastIndexOf('/') + 1);
    // Bounded: a file of at most 256 KB, and only a line end gives the start.
    for (const [, reference = ''] of text.matchAll(/<ProjectReference\b[^<>]*\bInclude\s*=\s*"([^"]+)"/g)) {
      if (/[$*;]/.test(reference)) return refuse('{path} references projects with a variable', { path });
      open.push(normalPath(folder + reference.replaceAll('\\', '/')));
    }
  }
  if (reached.size > MANY_PROJECTS) return refuse('there are too many projects to copy one by one');
  return [...reached].sort();
}

/** The directory of a file and all its parents; '' for the root of the context. */
function foldersAbove(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return ['', ...parts.map((_, index) => `${parts.slice(0, index + 1).join('/')}/`)];
}
