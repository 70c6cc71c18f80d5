import type { Translations } from './localize';

/** The languages that there are texts in. */
export const LANGUAGES = ['en', 'ja'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The language of a locale such as `ja`, `ja-JP` or `ja_JP.UTF-8`; English for all that there is no translation for. */
export function languageOf(locale: string | undefined): Language {
  const name = /^[a-z]+/i.exec(locale ?? '')?.[0].toLowerCase();
  return LANGUAGES.find((language) => language === name) ?? 'en';
}

/** What is said in a language, as scripts/texts.mjs gathers it: needed from the first word on. */
export interface LanguageTexts {
  /** By the English text. */
  readonly texts: Translations;
  /** Of rules: by rule, then message. */
  readonly messages: Readonly<Record<string, Translations>>;
}

/** Markdown, by what the fixes are: each but the notes goes on after "Safe:", "Unsafe:" or "No automatic fix:". */
export interface FixReasons {
  /** Why, or when, a fix changes nothing but size. */
  readonly safe?: string;
  /** What a fix may change: also the risk that a plan names. */
  readonly unsafe?: string;
  /** Why nothing is offered. */
  readonly manual?: string;
  /** What else there is to know. */
  readonly notes?: string;
}

/** What a rule tells of itself. */
export interface RuleDocs {
  /** One sentence, imperative, no final dot. */
  readonly description: string;
  /** Markdown: why it matters. */
  readonly rationale: string;
  /** Needed when the rule has fixes. */
  readonly fixSafety?: FixReasons;
  /** Each gives at least one finding of this rule: run as a test. */
  readonly bad: readonly string[];
  /** Each gives none: run as a test. */
  readonly good: readonly string[];
  readonly references: readonly string[];
}

/** What of it is translated. */
export type TranslatedDocs = Pick<RuleDocs, 'description' | 'rationale' | 'fixSafety'>;

/** The files that scripts/texts.mjs writes beside the bundles, and what is in them. */
export interface TextFiles {
  readonly 'texts.ja': LanguageTexts;
  readonly 'docs.ja': Readonly<Record<string, TranslatedDocs>>;
}

/** Undefined when the file cannot be loaded: then English is what there is. */
export type ReadTexts = <Name extends keyof TextFiles>(name: Name) => TextFiles[Name] | undefined;
