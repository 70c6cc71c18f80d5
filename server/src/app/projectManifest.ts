import type { BuildContext } from '../engine/buildContext';

/** Where a Python project lists its dependencies, for an install that needs nothing else from the project. */
export type DependencyList =
  | { readonly kind: 'project' }
  /** Requirements files that setuptools reads, relative to the project. */
  | { readonly kind: 'requirements'; readonly files: readonly string[] };

const STRINGS = /"([^"\\\n]*)"|'([^'\n]*)'/g;

/**
 * Read from pyproject.toml; undefined where other files also define dependencies, where some are among the sources, or
 * where there are none.
 */
export function dependencyList(
  context: BuildContext,
  folder: string,
  extras: readonly string[],
): DependencyList | undefined {
  const text = context.read(`${folder}pyproject.toml`);
  const project = sectionOf(text, 'project');
  if (project === undefined) return undefined;
  if ((listIn(project, 'dynamic') ?? []).includes('dependencies'))
    return extras.length > 0 ? undefined : requirementsOf(text);
  const name = /^name\s*=\s*["']([^"'\n]+)/m.exec(project)?.[1] ?? '';
  const optional = sectionOf(text, 'project.optional-dependencies') ?? '';
  const lists = [listIn(project, 'dependencies'), ...extras.map((extra) => listIn(optional, extra))];
  if (!lists.every((list) => list !== undefined)) return undefined;
  const all = lists.flat();
  const isLocal = all.some((one) => /@\s*(?:file:|[./])|[{}$]/.test(one) || one.startsWith(`${name}[`));
  return all.length === 0 || isLocal ? undefined : { kind: 'project' };
}

/** `dependencies = { file = ["requirements.txt"] }`. */
function requirementsOf(text: string | undefined): DependencyList | undefined {
  const dynamic = sectionOf(text, 'tool.setuptools.dynamic') ?? '';
  const written =
    /^dependencies[ \t]*=[ \t]*\{[ \t]*file[ \t]*=[ \t]*(\[[^\]\n]{0,1000}\]|"[^"\n]{0,200}"|'[^'\n]{0,200}')[ \t]*\}/m.exec(
      dynamic,
    )?.[1];
  const files = stringsIn(written ?? '');
  return files.length === 0 ? undefined : { kind: 'requirements', files };
}

/** The lines of a table up to the next table. */
function sectionOf(text: string | undefined, name: string): string | undefined {
  const lines = text?.split(/\r?\n/) ?? [];
  const start = lines.findIndex((line) => line.trim() === `[${name}]`);
  if (start < 0) return undefined;
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => /^\[[^\]]+\]\]?\s*(?:#.*)?$/.test(line));
  return rest.slice(0, end < 0 ? rest.length : end).join('\n');
}

/** A list of strings; undefined where there is no list with that name. */
function listIn(section: string, name: string): string[] | undefined {
  const lists = section.matchAll(
    // Bounded: a file of at most 256 KB, and only a line end gives the start.
    /^["']?([\w.-]+)["']?[ \t]*=[ \t]*\[((?:[^\]"'#]|"[^"\n]*"|'[^'\n]*'|#[^\n]*\n){0,3000})\]/gm,
  );
  const found = [...lists].find(([, key]) => key === name)?.[2];
  return found === undefined ? undefined : stringsIn(found.replace(/^[ \t]*#.*$/gm, ''));
}

function stringsIn(list: string): string[] {
  return [...list.matchAll(STRINGS)].map(([, double, single]) => double ?? single ?? '');
}
