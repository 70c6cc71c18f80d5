import { absolutePath, workdirAt } from '../../app/copiedFiles';
import { sourcesOf } from '../../app/neededPrograms';
import type { Site } from '../../app/site';
import { allWords, isStarted, type Started } from '../../app/start/startedCommands';
import { FULL_ONLY } from '../../commands/slimCommands';
import { baseName } from '../../text/paths';
import { escapePattern } from '../../text/pattern';
import { wordList } from '../../text/wordList';
import { type Guard, refuse } from '../transform';
import { TOOL_PROGRAMS } from './debianPackages';
import { installedPackages } from './systemNeeds';

/** Programs that the build makes and the final stage needs. */
export interface Programs {
  readonly artefacts: readonly string[];
  /** Those that are found only through the PATH of the build image. */
  readonly moved: readonly { readonly from: string; readonly to: string }[];
}

/** The programs that the final stage needs; a guard if something else is started. */
export function programsOf(
  site: Site,
  started: Started,
  built: ReadonlySet<string>,
  isWanted: (path: string) => boolean,
): Programs | Guard {
  const copied = copiesOf(site, built);
  const all = [...new Set([...built, ...copied.values()])];
  const unknown = unknownProgram(site, started, (path) => all.some((one) => one === path || baseName(one) === path));
  const program = firstProgram(started);
  if (unknown !== undefined || !all.some((path) => isStarted(started, path)))
    return refuse('no step is seen to build `{program}`, which the container starts', { program: unknown ?? program });
  // A program that the build copies elsewhere is taken from the path that is started.
  const wanted = all.filter(
    (path) => isStarted(started, path) || (isWanted(path) && !copied.has(path)) || isCalled(site, baseName(path)),
  );
  // The final image has neither /go/bin nor /usr/local/cargo/bin on its PATH.
  const isMoved = (path: string) =>
    !/^(?:\/usr(?:\/local)?)?\/s?bin\/[^/]+$/.test(path) &&
    isNamedAlone(started, path) &&
    !isNamedByPath(started, path);
  return {
    artefacts: wanted.filter((path) => !isMoved(path)),
    moved: wanted.filter(isMoved).map((from) => ({ from, to: `/usr/local/bin/${baseName(from)}` })),
  };
}

/** Programs that a RUN copies or moves: old path → new path. */
function copiesOf({ stage }: Site, built: ReadonlySet<string>): Map<string, string> {
  const found = new Map<string, string>();
  for (const node of stage.instructions) {
    for (const { name, words } of node.keyword === 'RUN' ? (node.script?.commands ?? []) : []) {
      if (!/^(?:cp|mv|install|ln)$/.test(name)) continue;
      const paths = words.flatMap(({ value }, index) =>
        index === 0 || value.startsWith('-') ? [] : [absolutePath(value, workdirAt(node))],
      );
      const target = paths.at(-1);
      const source = paths.slice(0, -1).find((path) => built.has(path));
      if (source === undefined || target === undefined) continue;
      const isFolder = words.at(-1)?.value.endsWith('/') || /^(?:\/usr(?:\/local)?)?\/s?bin$|^\/app$/.test(target);
      found.set(source, isFolder || target === workdirAt(node) ? `${target}/${baseName(source)}` : target);
    }
  }
  return found;
}

function isNamedAlone({ commands, scripts }: Started, path: string): boolean {
  const name = baseName(path);
  const word = new RegExp(`(?:^|[\\s;&|"'])${escapePattern(name)}(?=[\\s;&|"']|$)`);
  return commands.some((command) => allWords(command).includes(name)) || scripts.some((text) => word.test(text));
}

function isNamedByPath({ commands, scripts }: Started, path: string): boolean {
  return (
    commands.some((command) =>
      allWords(command).some((word) => word.includes('/') && absolutePath(word, command.lastWorkdir) === path),
    ) || scripts.some((text) => text.includes(path))
  );
}

/** True if a source starts it as a separate program. */
export function isCalled(site: Site, name: string): boolean {
  const names = [`"${name}"`, `/${name}"`];
  return (
    sourcesOf(site)?.some(({ text }) =>
      [...text.matchAll(/\b(?:exec\.Command(?:Context)?|Command::new)\(([^)\n]{0,200})/g)].some(([, given = '']) =>
        names.some((one) => given.includes(one)),
      ),
    ) ?? false
  );
}

/** The program that is started first, as written; `` if nothing is started. */
export function firstProgram({ commands: [first] }: Started): string {
  return (first && allWords(first)[0]) ?? '';
}

/** Shell builtins, and programs of Debian's smallest image. */
const ALWAYS_THERE = wordList`
  : \[ \. source alias cd command echo eval exec exit export false hash kill local printf pwd read return set shift
  sleep test times trap true type ulimit umask unset wait (?:ba|da)?sh awk base64 basename cat chgrp chmod chown cp
  cut date dd df dirname du env expr find getent grep egrep fgrep head hostname id install ln ls mkdir mktemp mv nice
  nohup nproc od paste readlink realpath rm rmdir sed seq sha256sum shuf sort stat stdbuf tail tar tee timeout touch
  tr uname uniq wc which whoami xargs yes gzip gunzip useradd groupadd usermod su perl
`;

/** A started program that is neither built here nor part of the system nor installed; undefined if there is none. */
export function unknownProgram(site: Site, started: Started, isMade: (path: string) => boolean): string | undefined {
  const installed = new Set(installedPackages(site.stage.instructions));
  for (const command of started.commands) {
    const [program = ''] = allWords(command);
    const name = baseName(program);
    if (command.node === undefined || name === '' || ALWAYS_THERE.test(name)) continue;
    if (TOOL_PROGRAMS.has(name) || Object.hasOwn(FULL_ONLY, name)) continue;
    const path = program.includes('/') ? absolutePath(program, command.lastWorkdir) : program;
    if (isMade(path) || site.copied.files.has(path) || installed.has(name)) continue;
    return program;
  }
  return undefined;
}
