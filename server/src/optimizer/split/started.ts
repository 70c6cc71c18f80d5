import { absolutePath } from '../../app/copiedFiles';
import type { Site } from '../../app/site';
import { systemInstall } from '../../commands/systemPackages';
import type { Instruction } from '../../dockerfile/model';
import { FULL_ONLY } from '../../rules/shared/slimCommands';
import { joinPieces } from '../../shell/logicalText';
import { parseShell } from '../../shell/parse';
import type { ShellCommand } from '../../shell/script';
import { TOOL_PROGRAMS } from './debianPackages';
import { workdirAtEnd } from './workdir';

/** What a container starts: each command of ENTRYPOINT and CMD, and of the scripts among them. */
export interface Started {
  readonly commands: readonly StartedCommand[];
  /** Texts of the scripts that are started; what they call by a variable is not among the commands. */
  readonly scripts: readonly string[];
}

export interface StartedCommand {
  readonly words: readonly string[];
  readonly workdir: string;
  /** It stands in the Dockerfile, so it always runs. */
  readonly isOwn: boolean;
}

/** Undefined where nothing is started, or a line cannot be read. */
export function startedBy(site: Site): Started | undefined {
  const { instructions } = site.stage;
  const workdir = workdirAtEnd(instructions);
  const commands: StartedCommand[] = [];
  const scripts: string[] = [];
  const entrypoint = instructions.findLast(({ keyword }) => keyword === 'ENTRYPOINT');
  const command = instructions.findLast(({ keyword }) => keyword === 'CMD');
  const entryWords = entrypoint && plainWords(entrypoint);
  const cmdWords = command && plainWords(command);
  // What stands behind a shell form is not passed on.
  const isAlone = entrypoint !== undefined && entrypoint.form !== 'exec';
  if (entryWords && cmdWords) commands.push({ words: [...entryWords, ...cmdWords], workdir, isOwn: true });
  else {
    for (const words of [entryWords, isAlone ? undefined : cmdWords])
      if (words) commands.push({ words, workdir, isOwn: true });
    for (const node of [entrypoint, isAlone ? undefined : command]) {
      if (!node || plainWords(node)) continue;
      if (!node.script || node.script.errors.length > 0) return undefined;
      commands.push(...commandsOf(node.script.commands, workdir, true));
    }
  }
  for (const { words } of [...commands])
    for (const word of words) {
      const text = scriptText(site, absolutePath(word, workdir));
      if (text === undefined || scripts.includes(text)) continue;
      scripts.push(text);
      const script = parseShell(joinPieces(text, [{ start: 0, end: text.length }]));
      if (script.errors.length === 0) commands.push(...commandsOf(script.commands, workdir, false));
    }
  return commands.length === 0 ? undefined : { commands, scripts };
}

/** The words of an exec form that is no `sh -c`. */
function plainWords(node: Instruction): readonly string[] | undefined {
  const isScript = node.script !== undefined && /(?:^|\/)(?:ba|da|a)?sh$/.test(node.args[0]?.value ?? '');
  return node.form === 'exec' && !isScript ? node.args.map(({ value }) => value) : undefined;
}

function commandsOf(commands: readonly ShellCommand[], start: string, isOwn: boolean): StartedCommand[] {
  let workdir = start;
  return commands.map(({ name, words, wrappers }) => {
    const [, folder] = words;
    if (name === 'cd' && folder?.isStatic) workdir = absolutePath(folder.value, workdir);
    return { words: [...wrappers, ...words].map(({ value }) => value), workdir, isOwn };
  });
}

/** The text of a shell script that is copied to this place. */
function scriptText({ copied, context }: Site, path: string): string | undefined {
  const file = copied.files.get(path);
  const text = file === undefined ? undefined : context.read(file);
  return text !== undefined && (/^#![^\n]*\b(?:ba|da|a)?sh\b/.test(text) || path.endsWith('.sh')) ? text : undefined;
}

/** True when a file of the image is named where something is started, by its path or as a program of the PATH. */
export function isStarted({ commands, scripts }: Started, path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return (
    commands.some(({ words, workdir }) =>
      words.some((word) => (word.includes('/') ? absolutePath(word, workdir) === path : word === name)),
    ) || scripts.some((text) => new Set(text.match(/[\w.-]+/g)).has(name))
  );
}

/** Programs of every shell, and those that Debian's smallest image has. */
const ALWAYS_THERE =
  /^(?:|:|\[|\.|source|alias|cd|command|echo|eval|exec|exit|export|false|hash|kill|local|printf|pwd|read|return|set|shift|sleep|test|times|trap|true|type|ulimit|umask|unset|wait|(?:ba|da)?sh|awk|base64|basename|cat|chgrp|chmod|chown|cp|cut|date|dd|df|dirname|du|env|expr|find|getent|grep|egrep|fgrep|head|hostname|id|install|ln|ls|mkdir|mktemp|mv|nice|nohup|nproc|od|paste|readlink|realpath|rm|rmdir|sed|seq|sha256sum|shuf|sort|stat|stdbuf|tail|tar|tee|timeout|touch|tr|uname|uniq|wc|which|whoami|xargs|yes|gzip|gunzip|useradd|groupadd|usermod|su|perl)$/;

/** A program that is started and neither made here nor of the system nor installed; undefined where all are. */
export function unknownProgram(site: Site, started: Started, isMade: (path: string) => boolean): string | undefined {
  const installed = new Set(
    site.stage.instructions.flatMap((node) =>
      (node.keyword === 'RUN' ? (node.script?.commands ?? []) : []).flatMap(
        (command) => systemInstall(command)?.operands.map(({ value }) => value) ?? [],
      ),
    ),
  );
  for (const { words, workdir, isOwn } of started.commands) {
    const [program = ''] = words;
    const name = program.slice(program.lastIndexOf('/') + 1);
    if (!isOwn || ALWAYS_THERE.test(name) || TOOL_PROGRAMS.has(name) || Object.hasOwn(FULL_ONLY, name)) continue;
    const path = program.includes('/') ? absolutePath(program, workdir) : program;
    if (isMade(path) || site.copied.files.has(path) || installed.has(name)) continue;
    return program;
  }
  return undefined;
}
