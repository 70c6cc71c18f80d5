import { textOf } from '../text/jsonValue';

/** Parses a date with any offset and fraction. */
export function dateOf(value: unknown): Date | undefined {
  const time = Date.parse(textOf(value) ?? '');
  return Number.isNaN(time) ? undefined : new Date(time);
}

/** The first address that may be shown as a link. */
export function webAddressOf(values: readonly unknown[]): string | undefined {
  return values.map(textOf).find((text) => text !== undefined && /^https?:\/\/\S+$/.test(text));
}

/** A CVSS base score; scanners write 0 when there is none. */
export function scoreOf(value: unknown): number | undefined {
  return typeof value === 'number' && value > 0 && value <= 10 ? value : undefined;
}

const TITLE_LENGTH = 160;

/** The first sentence of a description. */
export function titleOf(value: unknown): string | undefined {
  const [sentence = ''] = (textOf(value) ?? '').split(/\r?\n|(?<=[.!?]) /, 1);
  if (sentence === '') return undefined;
  return sentence.length > TITLE_LENGTH ? `${sentence.slice(0, TITLE_LENGTH - 1)}…` : sentence.replace(/\.$/, '');
}
