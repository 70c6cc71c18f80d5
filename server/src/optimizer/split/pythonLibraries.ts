import { pythonMinor } from '../../app/pythonVersion';
import type { Site } from '../../app/site';
import { packageCommand } from '../../commands/packageCommand';
import { packageNeeds } from '../../knowledge/packageNeeds';
import { libraryRelease } from '../../knowledge/runtimeLibraries';
import type { ShellCommand } from '../../shell/script';
import { baseName } from '../../text/paths';
import { type Guard, isGuard, refuse } from '../transform';
import { librariesBehind } from './librariesBehind';
import { linkedLibraries } from './native';

/** Library packages that the dependencies need; a guard if they are unknown. */
export function pythonLibraries(site: Site, installs: readonly ShellCommand[]): string[] | Guard {
  const linked = linkedLibraries(setupFlags(site), site.facts.distroRelease);
  if (isGuard(linked)) return linked;
  if (linked.length > 0 && site.facts.distro === 'alpine')
    return refuse('cannot determine which Alpine libraries the extensions need');
  const libraries = new Set<string>(linked);
  for (const [name, version] of requiredPackages(site, installs)) {
    const { headers = [], isUnknown, wheels } = packageNeeds('pypi', name) ?? {};
    if (wheels && hasWheel(wheels, version, pythonMinor(site.stage))) continue;
    if (isUnknown) return refuse('cannot determine which libraries {name} is linked against', { name });
    if (name === 'uwsgi') for (const library of ofUwsgi(site)) libraries.add(library);
    // On Alpine, packages are compiled with headers that the file installs: the image has none.
    if (headers.length === 0 || site.facts.distro === 'alpine') continue;
    if (site.facts.distro !== 'debian' && site.facts.distro !== 'ubuntu')
      return refuse('the libraries that {name} needs are unknown for this distribution', { name });
    const found = librariesBehind(headers, libraryRelease(site.facts));
    if (isGuard(found)) return found;
    for (const library of found) libraries.add(library);
  }
  return [...libraries];
}

/**
 * uWSGI links the libraries that it finds when it is compiled; in the full image these (ldd of uWSGI 2.0.31, 2026-11).
 */
function ofUwsgi({ facts }: Site): readonly string[] {
  if (facts.variant !== 'full' || facts.distro !== 'debian') return [];
  return ['libxml2', facts.distroRelease === 'bullseye' ? 'libpcre3' : 'libpcre2-8-0'];
}

/** False for an older version: pip compiles its sources and links them against libraries of the build image. */
function hasWheel(
  wheels: Readonly<Record<string, string>>,
  version: string | undefined,
  python: number | undefined,
): boolean {
  if (version === undefined) return true;
  const newest = Math.max(...Object.keys(wheels).map(Number));
  const first = wheels[python ?? newest];
  return first === undefined ? (python ?? newest) < newest : !isOlder(version, first);
}

function isOlder(version: string, other: string): boolean {
  const [one, two] = [version, other].map((text) => text.split('.').map((part) => Number.parseInt(part, 10)));
  const at = two?.findIndex((part, index) => part !== (one?.[index] ?? 0)) ?? -1;
  return at >= 0 && (one?.[at] ?? 0) < (two?.[at] ?? 0);
}

/**
 * Lower-case names from commands, requirements, project and lock files, each with its version if it is pinned to one.
 */
export function requiredPackages(
  site: Site,
  installs: readonly ShellCommand[],
): ReadonlyMap<string, string | undefined> {
  const found = new Set<string>();
  const locked = new Map<string, string>();
  for (const command of installs) {
    for (const word of packageCommand(command, ['pip', 'uv'])?.operands ?? []) found.add(word.value);
    for (const { value } of command.words)
      if (/\.(?:txt|in)$/.test(value)) for (const line of requirementsIn(site, value, 0)) found.add(line);
  }
  for (const path of site.context.files.keys()) {
    const file = baseName(path);
    if (!/^(?:pyproject\.toml|setup\.(?:py|cfg)|Pipfile|Pipfile\.lock|(?:poetry|uv|pdm)\.lock)$/.test(file)) continue;
    const text = site.context.read(path) ?? '';
    for (const [, name, version, other, pinned] of text.matchAll(
      /^name = "([\w.-]+)"\r?\nversion = "([\d.]+)|^ {8}"([\w.-]+)": \{[^}]{0,20000}"version": "==([\d.]+)/gm,
    ))
      locked.set(plainName(name ?? other ?? ''), version ?? pinned ?? '');
    // A lock file also lists extras that are not installed: each installed package has its own entry.
    const names = /\.lock$/.test(file)
      ? /^(?:name = "|[ ]{8}")([A-Za-z][\w.-]*)"(?:: \{)?$/gm
      : /["']([A-Za-z][\w.-]*)(?:\[[^\]\n"']*\])?[ \t]*(?:[=<>~!;].*?)?["']/g;
    for (const [, name = ''] of text.matchAll(names)) found.add(name);
    // TOML keys: `psycopg2 = "^2.9"`.
    if (/^(?:pyproject\.toml|Pipfile)$/.test(file))
      for (const [, name = ''] of text.matchAll(/^([A-Za-z][\w.-]*)[ \t]*=/gm)) found.add(name);
  }
  return new Map(
    [...found].map((text) => {
      const name = plainName(text.replace(/[[=<>~!;@ ].*$/s, ''));
      return [name, locked.get(name) ?? /^[\w.-]+(?:\[[^\]]*\])?[ \t]*==[ \t]*([\d.]+)/.exec(text)?.[1]] as const;
    }),
  );
}

function plainName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}

/** Libraries that the project's own extensions name, as linker flags. */
function setupFlags({ context }: Site): string {
  const texts = ['setup.py', 'pyproject.toml', 'setup.cfg', 'Makefile'].map((path) => context.read(path) ?? '');
  return texts
    .flatMap((text) => [
      ...[...text.matchAll(/\blibraries\s*=\s*\[([^[\]]*)\]/g)].flatMap(([, list = '']) =>
        [...list.matchAll(/["']([\w.+-]+)["']/g)].map(([, name = '']) => `-l${name}`),
      ),
      ...(text.match(/(?:^|\s)-l[\w.+-]+/g) ?? []),
    ])
    .join(' ');
}

function requirementsIn(site: Site, file: string, depth: number): string[] {
  const name = baseName(file);
  const text = site.context.read(file.replace(/^\.?\//, '')) ?? site.context.read(name) ?? '';
  return text.split(/\r?\n/).flatMap((line) => {
    const other = /^\s*(?:-r|--requirement)\s+(\S+)/.exec(line)?.[1];
    if (other !== undefined) return depth < 3 ? requirementsIn(site, other, depth + 1) : [];
    return /^\s*[A-Za-z]/.test(line) ? [line.trim()] : [];
  });
}
