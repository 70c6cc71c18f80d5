import type { Localize } from './localize';

/** A text to translate later, where the user's language is known. */
export interface Phrase {
  readonly english: string;
  /** Values of its `{placeholders}`; words are phrases too. */
  readonly data?: Readonly<Record<string, string | number | Phrase>>;
}

export function phrase(english: string, data?: Phrase['data']): Phrase {
  return data === undefined ? { english } : { english, data };
}

export function say(localize: Localize, { english, data }: Phrase): string {
  if (!data) return localize(english);
  const said = Object.entries(data).map(([name, value]) => [
    name,
    typeof value === 'object' ? say(localize, value) : value,
  ]);
  return localize(english, Object.fromEntries(said));
}
