import type { ShellChain, ShellCommand, ShellScript } from './script';

/** The script's commands of one of these names, in order. */
export function commandsOf(script: ShellScript, ...names: string[]): ShellCommand[] {
  return script.commands.filter((command) => names.includes(command.name));
}

/** True when `later` stands behind `earlier` in one sequence: not in the same pipeline, nor one inside the other. */
export function isAfter(later: ShellCommand, earlier: ShellCommand): boolean {
  return later.chain === earlier.chain && later.itemIndex > earlier.itemIndex;
}

/** Every command runs, in order, and the first that fails ends the script: `&&` throughout, or `;` and line ends after `set -e`. */
export function isPlainChain(chain: ShellChain): boolean {
  if (!chain.items.every((item) => item.kind === 'command' || item.kind === 'pipeline')) return false;
  const between = chain.operators.slice(0, Math.max(0, chain.items.length - 1));
  const trailing = chain.operators.slice(between.length);
  if (trailing.some((operator) => operator.text === '&')) return false;
  if (between.every((operator) => operator.text === '&&')) return true;
  // `a && b; c` goes on to c when a fails, even under `set -e`.
  const isLeading = chain.items[0]?.commands.some(
    (command) => command.chain === chain && command.pipeline.length === 1 && setsOption(command, ERREXIT),
  );
  return isLeading === true && between.every((operator) => operator.text === ';' || operator.text === '\n');
}

/** `set -e`, `set -eux` or `set -o errexit` in the outer sequence, run in any case and never taken back. */
export function hasErrexit(script: ShellScript): boolean {
  return isSet(script, ERREXIT);
}

/** `set -o pipefail`, also in `set -euxo pipefail`. */
export function hasPipefail(script: ShellScript): boolean {
  return isSet(script, PIPEFAIL);
}

interface SetOption {
  readonly name: string;
  readonly letter?: string;
}

const ERREXIT: SetOption = { name: 'errexit', letter: 'e' };
const PIPEFAIL: SetOption = { name: 'pipefail' };

function isSet(script: ShellScript, option: SetOption): boolean {
  const sets = script.chain.items.flatMap((item) =>
    item.kind === 'command' ? item.commands.filter((command) => command.chain === script.chain) : [],
  );
  return (
    sets.some((command) => !command.isConditional && setsOption(command, option)) &&
    !script.commands.some((command) => setsOption(command, option, '+'))
  );
}

/** `set -e` with `-`, `set +e` with `+`; words behind `--` or an operand are arguments. */
function setsOption(command: ShellCommand, { name, letter }: SetOption, sign: '-' | '+' = '-'): boolean {
  if (command.name !== 'set') return false;
  for (let index = 1; index < command.words.length; index++) {
    const value = command.words[index]?.value ?? '';
    if (!/^[-+][a-zA-Z]+$/.test(value)) return false;
    if (value[0] === sign && letter !== undefined && value.includes(letter)) return true;
    if (!value.endsWith('o')) continue;
    index++;
    if (value[0] === sign && command.words[index]?.value === name) return true;
  }
  return false;
}
