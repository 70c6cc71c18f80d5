import { fillPlaceholders, type MessageData } from './placeholders';

/** A text in the user's language with its `{placeholders}` filled in. The English text is the key and the fallback. */
export type Localize = (english: string, data?: MessageData) => string;

/** Translations by English text. */
export type Translations = Readonly<Record<string, string>>;

export function createLocalize(translations: Translations | undefined): Localize {
  return (english, data) => {
    const known = translations && Object.hasOwn(translations, english) ? translations[english] : undefined;
    return fillPlaceholders(known ?? english, data ?? {});
  };
}
