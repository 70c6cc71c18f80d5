import type { Severity } from '../engine/rule';

/** Terminal styles; without color each function returns its text unchanged. */
export interface Colour {
  bold(text: string): string;
  dim(text: string): string;
  green(text: string): string;
  red(text: string): string;
  cyan(text: string): string;
  severity(severity: Severity, text: string): string;
}

const CODES: Readonly<Record<Severity, number>> = { error: 31, warning: 33, info: 34, hint: 36 };

export function createColour(isOn: boolean): Colour {
  const paint = (code: number) => (text: string) => (isOn ? `\u001b[${code}m${text}\u001b[0m` : text);
  return {
    bold: paint(1),
    dim: paint(2),
    green: paint(32),
    red: paint(31),
    cyan: paint(36),
    severity: (severity, text) => paint(CODES[severity])(text),
  };
}

/** Depends on the option, the usual variables (no-color.org, force-color.org), or the terminal. */
export function wantsColour(option: boolean | undefined, environment: NodeJS.ProcessEnv, isTerminal: boolean): boolean {
  if (option !== undefined) return option;
  if (environment['NO_COLOR']) return false;
  const forced = environment['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  return isTerminal && environment['TERM'] !== 'dumb';
}
