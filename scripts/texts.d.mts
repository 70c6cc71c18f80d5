import type { LanguageTexts, TranslatedDocs } from '../server/src/l10n/language';

export function writeTexts(folder: string): void;
export function readTexts(
  language: string,
): LanguageTexts & { readonly docs: Readonly<Record<string, TranslatedDocs>> };
