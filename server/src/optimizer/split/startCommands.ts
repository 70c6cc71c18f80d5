import { absolutePath } from '../../app/copiedFiles';
import type { Site } from '../../app/site';
import type { Instruction, Stage } from '../../dockerfile/model';
import { joinPieces } from '../../shell/logicalText';
import { parseShell } from '../../shell/parse';
import type { Assignment } from '../../shell/script';
import type { Word } from '../../text/word';
import { workdirAtEnd } from './workdir';

/** A command that the container's start runs. */
export interface StartCommand {
  /** Without folder. */
  readonly name: string;
  readonly words: readonly Word[];
  /** Where it runs; undefined where a `cd` to a place that is not known stands before it. */
  readonly workdir: string | undefined;
  /** Undefined in a script of its own. */
  readonly node: Instruction | undefined;
  /** In exec form nothing is put in for variables and patterns. */
  readonly isShell: boolean;
  /** What its script sets before it. */
  readonly variables: ReadonlyMap<string, string>;
}

/** All that ENTRYPOINT and CMD run, through the scripts beside the Dockerfile; undefined where a script cannot be read. */
export function startCommands(site: Site): readonly StartCommand[] | undefined {
  const { stage } = site;
  const workdir = workdirAtEnd(stage.instructions);
  const entrypoint = lastOf(stage, 'ENTRYPOINT');
  const cmd = lastOf(stage, 'CMD');
  const isAlone = entrypoint !== undefined && entrypoint.form !== 'exec';
  const nodes = [entrypoint, isAlone ? undefined : cmd].filter((node) => node !== undefined);
  const words = nodes.flatMap((node) => (isPlain(node) ? node.args : []));
  const [node] = nodes;
  const found: StartCommand[] = words.length > 0 ? [commandOf(words, workdir, node, false, new Map())] : [];
  for (const scripted of nodes.filter((one) => !isPlain(one))) {
    const { script } = scripted;
    if (!script || script.errors.length > 0) return undefined;
    found.push(...commandsIn(script.commands, workdir, scripted));
  }
  return through(site, found, workdir);
}

interface Parsed {
  readonly name: string;
  readonly words: readonly Word[];
  readonly assignments: readonly Assignment[];
}

/** One after another: `cd` changes where the next ones run. */
function commandsIn(commands: readonly Parsed[], start: string, node: Instruction | undefined): StartCommand[] {
  let workdir: string | undefined = start;
  const variables = new Map<string, string>();
  return commands.flatMap((command) => {
    const { words } = command;
    if (words.length === 0)
      for (const { name, value } of command.assignments) if (value !== undefined) variables.set(name, value);
    const [first, target] = words;
    if (first?.value === 'cd' && words.length === 2)
      workdir = target?.isStatic && workdir !== undefined ? absolutePath(target.value, workdir) : undefined;
    return first ? [commandOf(words, workdir, node, true, variables)] : [];
  });
}

function commandOf(
  words: readonly Word[],
  workdir: string | undefined,
  node: Instruction | undefined,
  isShell: boolean,
  variables: ReadonlyMap<string, string>,
): StartCommand {
  return { name: baseOf(words[0]?.value ?? ''), words, workdir, node, isShell, variables: new Map(variables) };
}

/** What starts others is followed: a script to its commands, `tini -- java` and `wait-for-it db:1 -- java` to java. */
function through(site: Site, commands: readonly StartCommand[], workdir: string): StartCommand[] | undefined {
  const all: StartCommand[] = [];
  for (const command of commands) {
    all.push(command);
    const { words } = command;
    const inner = words.findIndex(({ value }, index) => index > 0 && /(?:^|\/)(?:java|dotnet)$/.test(value));
    if (inner > 0) all.push({ ...command, name: baseOf(words[inner]?.value ?? ''), words: words.slice(inner) });
    const path = scriptOf(site, command);
    if (path === undefined) continue;
    const text = site.context.read(path);
    if (text === undefined || text.includes('\r')) return undefined;
    const script = parseShell(joinPieces(text, [{ start: 0, end: text.length }]));
    if (script.errors.length > 0) return undefined;
    all.push(...commandsIn(script.commands, command.workdir ?? workdir, undefined));
  }
  return all;
}

/** The file of the context that is started as a script: by its path in the image, or else by its name. */
function scriptOf({ copied, context }: Site, { name, words, workdir }: StartCommand): string | undefined {
  const isShell = /^(?:ba|da)?sh$/.test(name);
  const word = isShell ? words.slice(1).find(({ value }) => !value.startsWith('-')) : words[0];
  if (!word?.isStatic || (!isShell && !/\.sh$|entrypoint/.test(word.value))) return undefined;
  const path = copied.files.get(absolutePath(word.value, workdir ?? '/'));
  if (path !== undefined) return path;
  const named = [...context.files.keys()].filter((file) => baseOf(file) === baseOf(word.value));
  return named.length === 1 ? named[0] : undefined;
}

function isPlain(node: Instruction): boolean {
  return (
    node.form === 'exec' && !(node.script !== undefined && /(?:^|\/)(?:ba|da)?sh$/.test(node.args[0]?.value ?? ''))
  );
}

function baseOf(path: string): string {
  return path.split('/').at(-1) ?? '';
}

function lastOf({ instructions }: Stage, keyword: string): Instruction | undefined {
  return instructions.findLast((node) => node.keyword === keyword);
}
