import { absolutePath, workdirAt } from '../../app/copiedFiles';
import { createSite, type Site, siteOfProgram } from '../../app/site';
import { isAside } from '../../app/sources';
import { type Started, startedCommands } from '../../app/start/startedCommands';
import { asksForVersion, commandKind } from '../../commands/commandKinds';
import { copiedStage } from '../../dockerfile/copiedStage';
import { lineEndOf } from '../../dockerfile/edits/runLayout';
import { copyLine } from '../../dockerfile/edits/writePaths';
import type { Instruction } from '../../dockerfile/model';
import { phrase } from '../../l10n/phrase';
import type { ShellCommand } from '../../shell/script';
import type { TextEdit } from '../../text/edits';
import { baseName, isWithin } from '../../text/paths';
import { siteOfImage } from '../siteOfImage';
import { cargoBuilds, isCargoBuild } from '../split/cargoBuilds';
import { goKind, isGoSource } from '../split/go';
import { goBuilds } from '../split/goBuilds';
import { isCalled, unknownProgram } from '../split/programs';
import { isAsideOf, isReadAtRunTime } from '../split/runtimeFiles';
import { isRustSource, rustKind } from '../split/rust';
import { type Guard, isGuard, refuse, type Transform } from '../transform';

const TITLE = phrase('Copy only the program from the build stage');

/** A final stage that copies the folder of the sources, though it only starts the program that was built there. */
export const programOnly: Transform = {
  id: 'program-only',
  safety: 'unsafe',
  level: 'recommended',
  propose(given) {
    const site = siteOfImage(given);
    const [copy, ...others] = site ? site.stage.instructions.flatMap((node) => copyOfSources(site, node) ?? []) : [];
    if (!site || !copy || others.length > 0) return undefined;
    const edits = narrowed(site, copy);
    if (!edits) return undefined;
    if (isGuard(edits)) return { title: TITLE, ...edits };
    return {
      title: TITLE,
      reason: phrase(
        'The sources and the output of the compiler make the image larger and tell more than they should. The program needs only itself and the files that it reads.',
      ),
      risk: phrase('A file whose name is assembled at run time may be missing.'),
      edits,
    };
  },
};

/** What a language knows of the stage that builds a program. */
interface Language {
  readonly made: readonly string[];
  isSource(path: string): boolean;
  kindOf(command: ShellCommand, node: Instruction): 'build' | 'check' | Guard | undefined;
}

interface SourceCopy {
  readonly node: Instruction;
  readonly builder: Site;
  readonly language: Language;
  /** The directory in the build stage, and its place in the final one. */
  readonly source: string;
  readonly target: string;
}

/** Undefined unless the instruction copies a directory with sources or the output of Cargo from their stage. */
function copyOfSources(site: Site, node: Instruction): SourceCopy | undefined {
  const { dockerfile, knowledge, project } = site;
  const stage = copiedStage(dockerfile, node);
  const [from, to, ...others] = node.args.map(({ text }) => node.expand(text));
  if (node.form === 'exec' || from === undefined || to === undefined || others.length > 0) return undefined;
  const builder = stage && createSite(dockerfile, stage, knowledge, project);
  const language = builder && languageOf(builder);
  const source = absolutePath(from, '/');
  const isOutput = /\/target(?:\/[\w-]{1,60})?\/(?:debug|release)$/.test(source);
  const hasSources = () =>
    [...(builder?.copied.files.keys() ?? [])].some((file) => isWithin(file, source) && CODE.test(file));
  if (!language || !(isOutput || hasSources())) return undefined;
  return { node, builder, language, source, target: absolutePath(to, workdirAt(node)) };
}

const CODE = /\.(?:go|rs)$/;

function languageOf(site: Site): Language | undefined {
  const builds = goBuilds(site);
  if (builds.length > 0) {
    const made = builds.filter(({ isTool }) => !isTool).map(({ outputs }) => outputs);
    return made.includes(undefined)
      ? undefined
      : {
          made: made.flatMap((outputs) => outputs ?? []),
          isSource: (path) => isGoSource(site, path),
          kindOf: (command, node) => goKind(site, command, node, new Set()),
        };
  }
  const commands = site.stage.instructions.flatMap(({ keyword, script }) =>
    keyword === 'RUN' ? (script?.commands ?? []) : [],
  );
  const cargo = commands.some(isCargoBuild) ? cargoBuilds(site) : undefined;
  return !cargo || isGuard(cargo)
    ? undefined
    : { made: cargo.made, isSource: (path) => isRustSource(site, path), kindOf: rustKind };
}

function narrowed(site: Site, copy: SourceCopy): TextEdit[] | Guard | undefined {
  const { dockerfile } = site;
  const { node, language, source, target } = copy;
  const started = startedCommands(site);
  const program = siteOfProgram(site);
  const below = (path: string) => path.slice(source.length).replace(/^\//, '');
  const taken = language.made.filter(
    (path) =>
      isWithin(path, source) &&
      (isStartedAt(started, absolutePath(below(path), target)) || isCalled(program, baseName(path))),
  );
  const places = taken.map((path) => absolutePath(below(path), target));
  // `go build -o server` writes into a directory of that name.
  if (taken.some((path) => [...copy.builder.copied.files.keys()].some((file) => isWithin(file, path))))
    return undefined;
  if (taken.length === 0 || unknownProgram(site, started, (path) => places.includes(path)) !== undefined)
    return undefined;
  // Programs of other services, scripts, and commands on files of the directory.
  if (started.scripts.length > 0 || site.services.some(({ starts }) => starts.length > 0)) return undefined;
  if (namesFiles(site, copy, places)) return undefined;
  const guard = writtenFiles(copy);
  if (guard) return guard;
  const data = dataOf(program, copy);
  if (data.length > MAX_LINES || [...data, ...taken].some((path) => /\s/.test(path))) return undefined;
  const flags = node.flags.map(({ span }) => `${dockerfile.text.slice(span.start, span.end)} `).join('');
  const folder = (node.args.at(-1)?.text ?? '').replace(/\/?$/, '/');
  const root = source === '/' ? source : `${source}/`;
  const byFolder = new Map<string, string[]>();
  for (const path of [...data, ...taken.map(below)]) {
    // A COPY of a directory copies its contents.
    const to = path.endsWith('/') ? path : path.slice(0, path.lastIndexOf('/') + 1);
    byFolder.set(to, [...(byFolder.get(to) ?? []), root + path]);
  }
  const lines = [...byFolder].map(([to, paths]) => copyLine(flags, paths, folder + to));
  return [{ span: node.span, newText: lines.join(lineEndOf(dockerfile)) }];
}

/** More COPY instructions than this would be unreadable. */
const MAX_LINES = 8;

/** What the program reads: files and whole directories, the latter with a trailing `/`. */
function dataOf(program: Site, { builder, language, source }: SourceCopy): string[] {
  const files = [...builder.copied.files].flatMap(([file, path]) =>
    isWithin(file, source) ? [[file.slice(source.length).replace(/^\//, ''), path] as const] : [],
  );
  const isNeeded = (path: string) =>
    !language.isSource(path) && !isAsideOf(program, path) && isReadAtRunTime(program, path);
  const left = files.flatMap(([file, path]) => (isNeeded(path) || isAside(path) ? [] : [file]));
  const found = new Set<string>();
  for (const [file, path] of files) {
    if (!isNeeded(path)) continue;
    const parts = file.split('/');
    const folders = parts.slice(1).map((_, index) => `${parts.slice(0, index + 1).join('/')}/`);
    found.add(folders.find((folder) => !left.some((other) => other.startsWith(folder))) ?? file);
  }
  return [...found].sort();
}

function isStartedAt({ commands }: Started, path: string): boolean {
  return commands.some(({ words, lastWorkdir }) => {
    const program = words[0]?.value ?? '';
    return program.includes('/') && absolutePath(program, lastWorkdir) === path;
  });
}

/** True if a RUN, a start command or a COPY of the final stage names something else in the directory. */
function namesFiles(
  { stage }: Site,
  { node, target, builder, source }: SourceCopy,
  programs: readonly string[],
): boolean {
  const files = [...builder.copied.files.keys()].flatMap((file) =>
    isWithin(file, source) ? [absolutePath(file.slice(source.length).replace(/^\//, ''), target)] : [],
  );
  return stage.instructions.some(
    (other) =>
      other !== node &&
      /^(?:RUN|VOLUME|HEALTHCHECK)$/.test(other.keyword) &&
      (other.script?.commands.flatMap(({ words }) => words) ?? other.args).some(({ value }) => {
        const path = absolutePath(value, workdirAt(other));
        return (
          !programs.includes(path) && value !== target && files.some((file) => isWithin(file, path) && path !== '/')
        );
      }),
  );
}

/** Why the directory may contain files that only the build knows. */
function writtenFiles({ builder, language, source }: SourceCopy): Guard | undefined {
  for (const node of builder.stage.instructions) {
    const brings =
      node.flags.some(({ name }) => name === 'from') &&
      isWithin(absolutePath(node.args.at(-1)?.text ?? '', workdirAt(node)), source);
    if (brings) return refuse('another stage adds files to the directory that is copied: copy them from there');
    for (const command of node.keyword === 'RUN' ? (node.script?.commands ?? []) : []) {
      const kind = asksForVersion(command) ? 'shell' : (language.kindOf(command, node) ?? commandKind(command));
      if (typeof kind === 'object') return kind;
      if (kind === undefined || kind === 'setup' || kind === 'fetch')
        return refuse('`{name}` may write files that the program reads: copy them one by one', { name: command.name });
    }
  }
  return undefined;
}
