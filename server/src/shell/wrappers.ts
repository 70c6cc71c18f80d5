import { baseName } from '../text/paths';

/**
 * Commands that run another command: which of their options take the next word, and how many operands precede the
 * command.
 */
interface Wrapper {
  readonly valued?: readonly string[];
  readonly operands?: number;
  /** `A=1` before the command sets a variable. */
  readonly assigns?: boolean;
  /** With one of these options, it only prints information about the command. */
  readonly asks?: readonly string[];
}

const WRAPPERS: Readonly<Record<string, Wrapper>> = {
  catchsegv: {},
  chronic: {},
  command: { asks: ['-v', '-V'] },
  doas: { valued: ['-u', '-C'] },
  'dumb-init': {},
  eatmydata: {},
  env: { valued: ['-u', '--unset', '-C', '--chdir', '-S'], assigns: true },
  exec: { valued: ['-a'] },
  fakeroot: {},
  gosu: { operands: 1 },
  ionice: { valued: ['-c', '-n', '-p'] },
  nice: { valued: ['-n', '--adjustment'] },
  nohup: {},
  setsid: {},
  stdbuf: { valued: ['-i', '-o', '-e'] },
  'su-exec': { operands: 1 },
  sudo: {
    valued: ['-u', '--user', '-g', '--group', '-h', '-p', '-C', '-r', '-t', '-D', '-R', '-T', '-U'],
    assigns: true,
  },
  time: { valued: ['-f', '--format', '-o', '--output'] },
  timeout: { valued: ['-k', '--kill-after', '-s', '--signal'], operands: 1 },
  tini: {},
  xargs: {
    valued: ['-a', '-d', '-E', '-I', '-L', '-n', '-P', '-s', '--max-args', '--max-procs', '--delimiter', '--arg-file'],
  },
};

/**
 * How many words at the beginning belong to wrappers. A wrapper that wraps nothing is itself the command and does not
 * count.
 */
export function countWrapperWords(values: readonly string[]): number {
  let at = 0;
  for (;;) {
    const name = baseName(values[at] ?? '');
    const wrapper = Object.hasOwn(WRAPPERS, name) ? WRAPPERS[name] : undefined;
    if (!wrapper || wrapper.asks?.includes(values[at + 1] ?? '')) return at;
    const next = skipOptions(values, at + 1, wrapper);
    if (next >= values.length) return at; // the wrapper is the command: `sudo`, `env`; `exec "$@"` has words left
    at = next;
  }
}

function skipOptions(values: readonly string[], start: number, wrapper: Wrapper): number {
  let at = start;
  let operands = wrapper.operands ?? 0;
  while (at < values.length) {
    const value = values[at] ?? '';
    if (value === '--') return at + 1 + operands;
    if (/^-./.test(value)) at += takesNext(value, wrapper.valued ?? []) ? 2 : 1;
    else if (wrapper.assigns && isAssignment(value)) at++;
    else if (operands-- > 0) at++;
    else return at;
  }
  return at;
}

/** `-u` and also `-Eu`; not `-uroot`, which contains its value. */
function takesNext(option: string, valued: readonly string[]): boolean {
  if (option.startsWith('--')) return valued.includes(option);
  const at = [...option].findIndex((letter, index) => index > 0 && valued.includes(`-${letter}`));
  return at > 0 && at === option.length - 1;
}

export function isAssignment(value: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*=/.test(value);
}
