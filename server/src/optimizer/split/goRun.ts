import { absolutePath, workdirAtEnd } from '../../app/copiedFiles';
import type { Site } from '../../app/site';
import type { Started } from '../../app/start/startedCommands';
import type { Instruction } from '../../dockerfile/model';
import { baseName } from '../../text/paths';
import { type Guard, isGuard, refuse } from '../transform';
import { callAtStart, missingSources, startOf } from './compiledAtStart';

/** A `go run` at start, moved into the build. */
export interface GoRun {
  readonly program: string;
  readonly build: readonly string[];
  readonly start: ReadonlyMap<Instruction, string>;
}

/** Compiles the program that `go run` would compile at each start; undefined if nothing is started that way. */
export function goRunStart(site: Site, started: Started): GoRun | Guard | undefined {
  const call = callAtStart(site, started, 'go');
  if (call === undefined || isGuard(call)) return call;
  const { words } = call;
  let at = 2;
  for (; words[at]?.value.startsWith('-'); at++)
    if (/^-(?:tags|ldflags|mod|gcflags|exec)$/.test(words[at]?.value ?? '')) at++;
  const options = words.slice(2, at);
  const first = words[at]?.value;
  if (first === undefined || first.includes('@') || options.some(({ value }) => value === '-exec'))
    return refuse('cannot determine what `go run` starts');
  const from = at++;
  // Several files form one program; words after a package are arguments of the program.
  if (first.endsWith('.go')) while (words[at]?.value.endsWith('.go')) at++;
  const packages = words.slice(from, at).map(({ value }) => value);
  const workdir = workdirAtEnd(site.stage.instructions);
  const path = absolutePath(first.includes('*') ? folderIn(first) : first, workdir);
  const inside = path === '/' ? '/' : `${path}/`;
  const isThere = [...site.copied.files.keys()].some(
    (file) => file === path || (file.startsWith(inside) && file.endsWith('.go')),
  );
  if (!isThere) return missingSources(site);
  const name = programName(first, workdir);
  const program = `/usr/local/bin/${name}`;
  const given = options.map(({ value }) => (/[\s$;&|]/.test(value) ? `'${value}'` : value));
  return {
    program,
    build: [`RUN ${call.settings}${['go build', ...given, `-o ${program}`, ...packages].join(' ')}`],
    start: new Map([[call.node, startOf(site, call, at, name)]]),
  };
}

/** The program is named after its file or its directory. */
function programName(first: string, workdir: string): string {
  const isFile = first.endsWith('.go') && !first.includes('*');
  const stem = isFile ? first.slice(first.lastIndexOf('/') + 1, -'.go'.length) : 'main';
  if (stem !== 'main') return stem;
  const folder = isFile || first.includes('*') ? folderIn(first) : first;
  const name = baseName(absolutePath(folder, workdir));
  return /^(?:|src|app|code|go|cmd|sh|env|test)$/.test(name) ? 'app' : name;
}

function folderIn(path: string): string {
  return `./${path.slice(0, path.lastIndexOf('/') + 1)}`;
}
