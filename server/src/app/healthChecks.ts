import { programsOfTest, programsOfWords } from '../commands/shellPrograms';
import type { BuildContext } from '../engine/buildContext';
import { isComposeFile } from '../project/fileNames';

const MANIFEST = /\.ya?ml$/;

/** Cached by folder snapshot: a plan asks many times. */
const known = new WeakMap<BuildContext, ReadonlySet<string>>();

/** Where people and CI jobs write down what they call in the running container. */
const CALLS_INSIDE =
  /^(?:\.github\/workflows\/[^/]+\.ya?ml|\.gitlab-ci\.ya?ml|(?:GNUm|[mM])akefile|[jJ]ustfile|Taskfile\.ya?ml|package\.json|README\.md|(?:scripts?\/|bin\/)?[\w.-]+\.sh)$/;

/**
 * Programs that Compose files and Kubernetes manifests of the project call in the container, such as health checks,
 * commands and hooks, and those that its CI files, scripts and README call there with `exec`.
 */
export function programsOfOrchestration(project: BuildContext): ReadonlySet<string> {
  let found = known.get(project);
  if (!found) {
    found = read(project);
    known.set(project, found);
  }
  return found;
}

function read(project: BuildContext): Set<string> {
  const found = new Set<string>();
  for (const path of project.files.keys()) {
    if (CALLS_INSIDE.test(path))
      for (const words of calledWithExec(project.read(path) ?? ''))
        for (const name of programsOfWords(words)) found.add(name);
    if (!MANIFEST.test(path) || /(?:^|\/)(?:node_modules|\.github|\.git)\//.test(path)) continue;
    const isCompose = isComposeFile(path);
    const text = isCompose || /^[ \t]{0,8}kind:/m.test(project.read(path) ?? '') ? (project.read(path) ?? '') : '';
    const parts = isCompose ? builtServices(text) : [text];
    for (const part of parts) for (const command of commandsIn(part)) for (const name of command) found.add(name);
  }
  return found;
}

/** `docker compose exec -T web curl x`, `docker exec app psql`, `kubectl exec -it app -- sh`: the words behind the container. */
function* calledWithExec(text: string): Generator<string[]> {
  for (const line of text.split('\n')) {
    const start = /\b(?:docker|podman|nerdctl|kubectl)(?:[ -]compose)?[ \t]/.exec(line);
    const call = start ? line.slice(start.index + start[0].length) : '';
    if (!/(?:^|[ \t])exec[ \t]/.test(call)) continue;
    const words = call.split(/[\s"'`]+/);
    const behind = words.slice(words.indexOf('exec') + 1);
    const container = behind.findIndex((word, index) => !word.startsWith('-') && !VALUED.test(behind[index - 1] ?? ''));
    const program = behind.slice(container + 1);
    yield program[0] === '--' ? program.slice(1) : program;
  }
}

const VALUED = /^(?:-[cenuw]|--(?:container|env|namespace|user|workdir|index))$/;

/** The services that no `image` gives alone: a service without `build` may change or extend one in another file. */
function builtServices(text: string): string[] {
  const services = /^services:[ \t]*\r?\n((?:[ \t]+[^\n]*(?:\n|$)|[ \t]*\r?\n|#[^\n]*\n)*)/m.exec(text)?.[1] ?? '';
  const indent = /^([ \t]+)[^\s#]/m.exec(services)?.[1] ?? '  ';
  const parts = services.split(new RegExp(`^(?=${indent}[^\\s#])`, 'm'));
  return parts.filter((part) => /^[ \t]+build:/m.test(part) || !/^[ \t]+image:/m.test(part));
}

const KEYS = /^([ \t]*(?:- )?)(test|command|args|entrypoint):[ \t]*(.*)$/gm;

function* commandsIn(text: string): Generator<Set<string>> {
  for (const match of text.matchAll(KEYS)) {
    const [whole, indent = '', , rest = ''] = match;
    const value = (rest.split(' #')[0] ?? '').trim();
    const below = text.slice(match.index + whole.length);
    const words = /^(?:[|>][-+\d]*)?$/.test(value)
      ? undefined
      : wordsOf(value + (value.startsWith('[') && !value.includes(']') ? below.slice(0, below.indexOf(']') + 1) : ''));
    yield programsOfTest(words ?? blockBelow(below, indent.length));
  }
}

/** `["CMD", "curl", "-f", "x"]`, or one line that a shell runs. */
function wordsOf(value: string): string[] {
  if (!value.startsWith('[')) return ['CMD-SHELL', unquoted(value)];
  return [...value.matchAll(/"((?:[^"\\]|\\.)*)"|'([^']*)'|([^\s,'"[\]]+)/g)].map(
    ([, double, single, plain]) => double?.replace(/\\(.)/g, '$1') ?? single ?? plain ?? '',
  );
}

/** The list or text below a key, in lines that are indented further. */
function blockBelow(text: string, indent: number): string[] {
  const lines: string[] = [];
  for (const line of text.split('\n').slice(1)) {
    if (line.trim() === '') continue;
    const isItem = /^[ \t]*- /.test(line);
    const depth = /^[ \t]*/.exec(line)?.[0].length ?? 0;
    if (depth < indent || (depth === indent && !isItem)) break;
    lines.push(line.trim());
  }
  const isList = lines[0]?.startsWith('- ') ?? false;
  return isList
    ? lines.filter((line) => line.startsWith('- ')).map((line) => unquoted(line.slice(2).trim()))
    : ['CMD-SHELL', lines.join('\n')];
}

function unquoted(text: string): string {
  return /^(["'])(.*)\1$/s.exec(text)?.[2] ?? text;
}
