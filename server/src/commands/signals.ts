/** Signals of Linux by number, from signal(7) for x86-64 and ARM. */
const NAMES = [
  '',
  'HUP',
  'INT',
  'QUIT',
  'ILL',
  'TRAP',
  'ABRT',
  'BUS',
  'FPE',
  'KILL',
  'USR1',
  'SEGV',
  'USR2',
  'PIPE',
  'ALRM',
  'TERM',
  'STKFLT',
  'CHLD',
  'CONT',
  'STOP',
  'TSTP',
  'TTIN',
  'TTOU',
  'URG',
  'XCPU',
  'XFSZ',
  'VTALRM',
  'PROF',
  'WINCH',
  'IO',
  'PWR',
  'SYS',
];
/** Aliases of these signals. */
const ALSO = ['IOT', 'CLD', 'POLL'];

/** All names, those that stop servers first. */
export const SIGNALS: readonly string[] = [
  ...new Set(['TERM', 'INT', 'QUIT', 'HUP', 'USR1', 'USR2', 'WINCH', 'KILL', ...NAMES.slice(1)]),
].map((name) => `SIG${name}`);

/** `SIGTERM` for `15`, `TERM` and `sigterm`; undefined for what has no such name. */
export function signalName(text: string): string | undefined {
  if (/^\d+$/.test(text)) return NAMES[Number(text)] ? `SIG${NAMES[Number(text)]}` : undefined;
  const name = text.toUpperCase().replace(/^SIG/, '');
  return isNamed(name) ? `SIG${name}` : undefined;
}

/** True for names and for numbers from 1 to 64. */
export function isSignal(text: string): boolean {
  if (/^\d+$/.test(text)) return Number(text) >= 1 && Number(text) <= 64;
  return isNamed(text.toUpperCase().replace(/^SIG/, ''));
}

function isNamed(name: string): boolean {
  if (/^RTM(?:IN(?:\+\d{1,2})?|AX(?:-\d{1,2})?)$/.test(name)) return true;
  return name !== '' && (NAMES.includes(name) || ALSO.includes(name));
}
