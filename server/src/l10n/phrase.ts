import type { Localize } from './localize';
import type { MessageData } from './placeholders';

/** A text that is said later, where the user's language is known. */
export interface Phrase {
  readonly english: string;
  readonly data?: MessageData;
}

export function phrase(english: string, data?: MessageData): Phrase {
  return data === undefined ? { english } : { english, data };
}

export function say(localize: Localize, { english, data }: Phrase): string {
  return localize(english, data);
}
