import { inheritedInstructions } from '../dockerfile/lineage';
import type { Instruction, Stage } from '../dockerfile/model';
import { baseName } from '../text/paths';
import { anyOf } from '../text/pattern';

/** Shells and interpreters, and clients of databases: without a script, they wait for what someone types. */
const SHELL = anyOf(
  /^(?:(?:ba|da|a|z|k|fi|tc)?sh|python[\d.]*|pypy3?|i?python3?|bpython|node|deno|irb|lua|ghci|jshell|scala)$/,
  /^(?:clisp|clj|csharp|gforth|guile|hy|luajit|perl6|pry|raku|swipl)$/,
  /^(?:iex|erl|R|julia|powershell|pwsh|tclsh|sbcl|clojure|swift|utop|ocaml|octave|racket|groovysh|kotlinc|gdb)$/,
  /^(?:psql|mysql|mariadb|mongosh?|redis-cli|valkey-cli|sqlite3)$/,
);
/** The same, asked for by an argument. */
const CONSOLE = /^(?:php -a|(?:swift|deno|bun) repl|rails c(?:onsole)?|perl -de ?\d?|crystal i)$/;
/** Programs that start the one after them. */
const STARTER = /^(?:tini(?:-static)?|dumb-init|catatonit|docker-init|env|exec)$/;

/** True where CMD starts an interactive shell: the image is not a service that somebody could attack. */
export function startsInteractiveShell(stage: Stage): boolean {
  const entrypoint = lastOf(stage, 'ENTRYPOINT');
  const cmd = lastOf(stage, 'CMD');
  // A start script and an init hand over to the command in CMD.
  const [first, second] = wordsOf(entrypoint);
  const isScript =
    entrypoint === undefined || isInitOnly(entrypoint) || (/entrypoint/.test(first ?? '') && second === undefined);
  if (!isScript) return cmd === undefined && isInteractive(wordsOf(entrypoint));
  return isInteractive(wordsOf(cmd));
}

/** `ENTRYPOINT ["tini", "--"]`: it starts what CMD names, and nothing without a CMD. */
export function isInitOnly(entrypoint: Instruction): boolean {
  const [program = '', ...options] = wordsOf(entrypoint);
  const isInit = /(?:^|\/)(?:tini(?:-static)?|dumb-init|catatonit|docker-init)$/.test(program);
  return isInit && options.every((option) => option.startsWith('-'));
}

/** True where the image's own start command, ENTRYPOINT and CMD in one line, is an interactive shell. */
export function isInteractiveStart(starts: string): boolean {
  const [first = '', ...rest] = starts.split(' ');
  return isInteractive(/entrypoint/.test(first) ? rest : [first, ...rest]);
}

function lastOf(stage: Stage, keyword: string): Instruction | undefined {
  return inheritedInstructions(stage).findLast((node) => node.keyword === keyword);
}

function wordsOf(node: Instruction | undefined): readonly string[] {
  if (node?.form === 'exec') return node.args.map(({ value }) => value);
  const commands = node?.script?.commands ?? [];
  return commands.length === 1 && commands[0] ? commands[0].words.map(({ value }) => value) : [];
}

/** True for a shell without a script to run. */
function isInteractive(words: readonly string[]): boolean {
  const [program = '', ...options] = words;
  // `./bash` is one's own program.
  const name = /^[^/]+$|^\//.test(program) ? baseName(program) : '';
  if (STARTER.test(name)) {
    const next = options.findIndex((word) => !word.startsWith('-'));
    return next >= 0 && isInteractive(options.slice(next));
  }
  if (CONSOLE.test([name, ...options].join(' '))) return true;
  // A script named when the container starts may do anything.
  const given = options.at(-1) === '-c' ? options.slice(0, -1) : options;
  return SHELL.test(name) && given.every((option) => /^-(?:[abefilux]{1,3}|-login|-interactive)$/.test(option));
}
