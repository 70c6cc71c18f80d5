import { programsOfCommand, programsOfShell, programsOfWords } from '../commands/shellPrograms';
import type { Instruction } from '../dockerfile/model';
import type { BuildContext } from '../engine/buildContext';
import { packageNeeds } from '../knowledge/packageNeeds';
import { baseName } from '../text/paths';
import { dependenciesOf } from './dependencies';
import { programsOfOrchestration } from './healthChecks';
import { programsOfNpm } from './npmScripts';
import { isShellScript, type ProgramCalls, programCalls } from './programCalls';
import type { Site } from './site';
import { readSources, type SourceFile } from './sources';

/** Program names that are also words: they count only where they are certainly called. */
const WORDS = new Set(['convert', 'file', 'identify', 'make', 'patch', 'top', 'tree', 'zip']);

/** Which of the programs the image needs because something that stays in it calls them. */
export function neededPrograms(
  site: Site,
  staying: readonly Instruction[],
  programs: ReadonlySet<string>,
): ReadonlySet<string> {
  const sources = sourcesOf(site);
  if (!sources) return programs;
  const started = staying.map(({ span }) => site.dockerfile.text.slice(span.start, span.end)).join('\n');
  const calls = sources
    .filter((file) => !isShellScript(file) || isNamed(file, started, sources))
    .map((file) => callsOf(site, file));
  const called = new Set([...programsOfInstructions(staying), ...programsOfOrchestration(site.project)]);
  for (const { certain } of calls) for (const name of certain) called.add(name);
  for (const { programs: said = [] } of site.services) for (const name of said) called.add(name);
  for (const name of programsOfNpm(site, staying)) called.add(name);
  // At every start, Mix checks the working copies of dependencies from Git repositories.
  if (/\bmix\b/.test(started) && hasGitDependency(site)) called.add('git');
  // The whole Makefile counts, because targets call each other.
  if (called.has('make')) for (const name of programsOfShell(recipesOf(site))) called.add(name);
  // The program name that is passed to such a call may be in any file.
  if (calls.some(({ isOpen }) => isOpen))
    for (const { possible } of calls) for (const name of possible) if (!WORDS.has(name)) called.add(name);
  const dependencies = dependenciesOf(site);
  for (const { ecosystem, name } of dependencies) {
    const { programs: own = [], idleBeside = [], modules = [] } = packageNeeds(ecosystem, name) ?? {};
    const isIdle = dependencies.some((other) => other.ecosystem === ecosystem && idleBeside.includes(other.name));
    if (!isIdle || sources.some(({ text }) => importsAny(text, modules)))
      for (const program of own) called.add(program);
  }
  return new Set([...programs].filter((name) => called.has(name)));
}

/** `import git`, `from git.repo import Repo` */
function importsAny(text: string, modules: readonly string[]): boolean {
  return [...text.matchAll(/^[ \t]*(?:import|from)[ \t]+(\w+)/gm)].some(([, name = '']) => modules.includes(name));
}

function hasGitDependency({ copied, context }: Site): boolean {
  return [...copied.files.values()].some(
    (path) =>
      /(?:^|\/)mix\.(?:exs|lock)$/.test(path) &&
      /\{:git,|\bgit:\s{0,4}"|\bgithub:\s{0,4}"(?!https?:)/.test(context.read(path) ?? ''),
  );
}

/**
 * The programs that any shell script in the image calls: someone may call the script, and its author has installed
 * what it needs.
 */
export function programsOfScripts(site: Site): ReadonlySet<string> {
  const scripts = (sourcesOf(site) ?? []).filter(isShellScript);
  return new Set(scripts.flatMap((file) => [...callsOf(site, file).certain]));
}

/** The commands of Makefiles in the image, without make's own prefixes. */
function recipesOf({ copied, context }: Site): string {
  const makefiles = [...copied.files].filter(([path]) => /(?:^|\/)(?:GNUm|m|M)akefile$/.test(path));
  return makefiles
    .flatMap(([, source]) =>
      [...(context.read(source) ?? '').matchAll(/^\t[@+-]*(.*)$/gm)].map(([, line = '']) => line),
    )
    .join('\n');
}

function programsOfInstructions(instructions: readonly Instruction[]): Set<string> {
  const found = new Set<string>();
  for (const { script, form, args } of instructions) {
    const words = args.map(({ value }) => value);
    const called = form === 'exec' ? [programsOfWords(words)] : [];
    for (const names of [...called, ...(script?.commands ?? []).map((command) => programsOfCommand(command))])
      for (const name of names) found.add(name);
  }
  return found;
}

/** True for a script that the start commands or another file name. */
function isNamed({ path }: SourceFile, started: string, sources: readonly SourceFile[]): boolean {
  const name = baseName(path);
  return started.includes(name) || sources.some((other) => other.path !== path && other.text.includes(name));
}

/** True when a source starts another program, or when that is unknown: an image without any programs would not work. */
export function startsPrograms(site: Site): boolean {
  return sourcesOf(site)?.some((file) => callsOf(site, file).starts) ?? true;
}

/** True when a source connects to servers and checks their certificates. */
export function callsHttps(site: Site): boolean {
  return (
    sourcesOf(site)?.some(({ text }) =>
      /https:\/\/|\btls\b|wss:\/\/|\bgrpc\b|http\.(?:Get|Post|Client|NewRequest)|smtp|curl_easy|reqwest|ureq/i.test(
        text.replace(COMMENT, ''),
      ),
    ) ?? true
  );
}

/** A line that is only a comment: its address is one to read at, such as that of the license. */
const COMMENT = /^[ \t]*(?:\/\/|\/\*|\*[ \t]|#(?!define\b)).*$/gm;

/** Cached by folder snapshot: a plan asks many times. */
const calling = new WeakMap<BuildContext, Map<string, ProgramCalls>>();

function callsOf({ project }: Site, file: SourceFile): ProgramCalls {
  const read = calling.get(project) ?? new Map<string, ProgramCalls>();
  calling.set(project, read);
  const calls = read.get(file.path) ?? programCalls(file);
  read.set(file.path, calls);
  return calls;
}

const known = new WeakMap<Site, readonly SourceFile[] | null>();

/**
 * The copied text files of the program itself, without tests and documentation; undefined when there are too many to
 * read.
 */
export function sourcesOf(site: Site): readonly SourceFile[] | undefined {
  let sources = known.get(site);
  if (sources === undefined) {
    const { copied, context } = site;
    sources = (copied.isComplete ? readSources(context, copied.files.values()) : undefined) ?? null;
    known.set(site, sources);
  }
  return sources ?? undefined;
}
