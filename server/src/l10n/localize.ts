import { fillPlaceholders, type MessageData } from './placeholders';

/** A text in the user's language with its `{placeholders}` filled. The English text is the key; without a translation it stays. */
export type Localize = (english: string, data?: MessageData) => string;

/** Texts in another language by their English ones. */
export type Translations = Readonly<Record<string, string>>;

export function createLocalize(translations: Translations | undefined): Localize {
  return (english, data) => {
    const known = translations && Object.hasOwn(translations, english) ? translations[english] : undefined;
    return fillPlaceholders(known ?? english, data ?? {});
  };
}
