import type { Instruction } from '../../dockerfile/model';
import { joinPieces } from '../../shell/logicalText';
import { parseShell } from '../../shell/parse';
import type { ShellCommand, ShellScript } from '../../shell/script';
import { baseName } from '../../text/paths';
import type { Word } from '../../text/word';
import { absolutePath, workdirAtEnd } from '../copiedFiles';
import type { Site } from '../site';
import { BUILD_WRAPPER } from '../sources';
import { isProgramCall, startInstructions } from './startInstructions';

/** A command that runs when the container starts. */
export interface StartedCommand {
  /** Without its folder. */
  readonly name: string;
  readonly words: readonly Word[];
  /** `exec` or `env A=1` before the command; in exec form, they are among the words. */
  readonly wrappers: readonly Word[];
  /** Its working directory; undefined after a `cd` to an unknown folder. */
  readonly workdir: string | undefined;
  /** The last known working directory before it. */
  readonly lastWorkdir: string;
  /** Undefined for a command in a script file. */
  readonly node: Instruction | undefined;
  /** In exec form, variables and patterns are not expanded. */
  readonly isShell: boolean;
  /** Variables that its script sets before it. */
  readonly variables: ReadonlyMap<string, string>;
}

/** What a container starts: each command in ENTRYPOINT and CMD, and in the scripts that they name. */
export interface Started {
  readonly commands: readonly StartedCommand[];
  /** The texts of these scripts: programs that they call through a variable are not among the commands. */
  readonly scripts: readonly string[];
  /** False when a line or script that cannot be read starts more. */
  readonly isComplete: boolean;
}

const UNREADABLE: Started = { commands: [], scripts: [], isComplete: false };

const known = new WeakMap<Site, Started>();

export function startedCommands(site: Site): Started {
  const started = known.get(site) ?? readStart(site);
  known.set(site, started);
  return started;
}

function readStart(site: Site): Started {
  const workdir = workdirAtEnd(site.stage.instructions);
  const nodes = startInstructions(site.stage);
  const calls = nodes.filter(isProgramCall);
  const words = calls.flatMap(({ args }) => args);
  const own: StartedCommand[] = words.length > 0 ? [callOf(words, workdir, calls[0])] : [];
  for (const node of nodes.filter((one) => !isProgramCall(one))) {
    if (!node.script || node.script.errors.length > 0) return UNREADABLE;
    own.push(...commandsIn(node.script, workdir, node));
  }
  const scripts: string[] = [];
  let isComplete = true;
  const commands = own.flatMap((command) => {
    const behind = scriptsOf(site, command, workdir).map((path) => readScript(site.context.read(path)));
    isComplete &&= behind.every((one) => one.isReadable);
    return [
      command,
      ...behind.flatMap(({ text, script }) => {
        if (text === undefined || scripts.includes(text)) return [];
        scripts.push(text);
        return script ? commandsIn(script, command.workdir ?? workdir, undefined) : [];
      }),
    ];
  });
  return { commands, scripts, isComplete };
}

function callOf(words: readonly Word[], workdir: string, node: Instruction | undefined): StartedCommand {
  const name = baseName(words[0]?.value ?? '');
  return { name, words, wrappers: [], workdir, lastWorkdir: workdir, node, isShell: false, variables: new Map() };
}

/** The commands in order: `cd` changes the working directory of the following ones. */
function commandsIn({ commands }: ShellScript, start: string, node: Instruction | undefined): StartedCommand[] {
  let workdir: string | undefined = start;
  let lastWorkdir = start;
  const variables = new Map<string, string>();
  return commands.flatMap((command) => {
    const { words, wrappers } = command;
    const [first, target] = words;
    if (first === undefined) {
      for (const { name, value } of command.assignments) if (value !== undefined) variables.set(name, value);
      return [];
    }
    if (isCd(command)) {
      workdir = target?.isStatic && workdir !== undefined ? absolutePath(target.value, workdir) : undefined;
      if (target?.isStatic) lastWorkdir = absolutePath(target.value, lastWorkdir);
    }
    const name = baseName(first.value);
    return [{ name, words, wrappers, workdir, lastWorkdir, node, isShell: true, variables: new Map(variables) }];
  });
}

function isCd({ words }: ShellCommand): boolean {
  return words[0]?.value === 'cd' && words.length === 2;
}

/**
 * Files of the context that a command runs as scripts: found by their path in the image, the script itself also by its
 * name.
 */
function scriptsOf({ copied, context }: Site, command: StartedCommand, workdir: string): string[] {
  const found = command.words.flatMap(({ value }) => {
    const path = copied.files.get(absolutePath(value, workdir));
    return path !== undefined && isShellScript(path, context.read(path)) ? [path] : [];
  });
  const { name, words } = command;
  const isShell = /^(?:ba|da)?sh$/.test(name);
  const word = isShell ? words.slice(1).find(({ value }) => !value.startsWith('-')) : words[0];
  if (!word?.isStatic || (!isShell && !/\.sh$|entrypoint/.test(word.value))) return found;
  const path = copied.files.get(absolutePath(word.value, command.workdir ?? '/'));
  const named = [...context.files.keys()].filter((file) => baseName(file) === baseName(word.value));
  const script = path ?? (named.length === 1 ? named[0] : undefined);
  return script === undefined ? found : [...new Set([script, ...found])];
}

function isShellScript(path: string, text: string | undefined): boolean {
  // What a wrapper starts is the build tool, whose command names it.
  return (
    text !== undefined &&
    !BUILD_WRAPPER.test(path) &&
    (/^#![^\n]*\b(?:ba|da|a)?sh\b/.test(text) || path.endsWith('.sh'))
  );
}

interface ReadScript {
  readonly text: string | undefined;
  readonly script: ShellScript | undefined;
  readonly isReadable: boolean;
}

function readScript(text: string | undefined): ReadScript {
  if (text === undefined) return { text, script: undefined, isReadable: false };
  const script = parseShell(joinPieces(text, [{ start: 0, end: text.length }]));
  const hasErrors = script.errors.length > 0;
  return { text, script: hasErrors ? undefined : script, isReadable: !hasErrors && !text.includes('\r') };
}

/** True when a start command names a file of the image, by its path or as a program in PATH. */
export function isStarted({ commands, scripts }: Started, path: string): boolean {
  const name = baseName(path);
  return (
    commands.some((command) =>
      allWords(command).some((word) =>
        word.includes('/') ? absolutePath(word, command.lastWorkdir) === path : word === name,
      ),
    ) || scripts.some((text) => new Set(text.match(/[\w.-]+/g)).has(name))
  );
}

/** The words including wrappers. */
export function allWords({ wrappers, words }: StartedCommand): string[] {
  return [...wrappers, ...words].map(({ value }) => value);
}
