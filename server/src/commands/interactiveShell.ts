import { inheritedInstructions } from '../dockerfile/lineage';
import type { Instruction, Stage } from '../dockerfile/model';

const SHELL =
  /^(?:(?:ba|da|a|z|k|fi|tc)?sh|python[\d.]*|node|irb|ipython|bpython|lua|ghci|jshell|scala|iex|erl|R|julia|psql|powershell|pwsh)$/;

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
function isInteractive([program = '', ...options]: readonly string[]): boolean {
  // `./bash` is one's own program.
  const name = /^[^/]+$|^\//.test(program) ? (program.split('/').at(-1) ?? '') : '';
  if (name === 'php') return options.length === 1 && options[0] === '-a';
  // A script named when the container starts may do anything.
  const given = options.at(-1) === '-c' ? options.slice(0, -1) : options;
  return SHELL.test(name) && given.every((option) => /^-(?:i|l|il|li|-login|-interactive)$/.test(option));
}
