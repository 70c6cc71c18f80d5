import type { Translations } from './localize';

/** The languages with translations. */
export const LANGUAGES = ['en', 'ja'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The language of a locale such as `ja`, `ja-JP` or `ja_JP.UTF-8`; English if there is no translation. */
export function languageOf(locale: string | undefined): Language {
  const name = /^[a-z]+/i.exec(locale ?? '')?.[0].toLowerCase();
  return LANGUAGES.find((language) => language === name) ?? 'en';
}

/** The texts of one language, as scripts/texts.mjs collects them: needed from the first message on. */
export interface LanguageTexts {
  /** Translations by English text. */
  readonly texts: Translations;
  /** Messages of rules: by rule, then by message id. */
  readonly messages: Readonly<Record<string, Translations>>;
}

/** Markdown, by kind of fix: each except `notes` continues after "Safe:", "Unsafe:" or "No automatic fix:". */
export interface FixReasons {
  /** Why, or when, a fix is safe: it changes nothing except the size. */
  readonly safe?: string;
  /** What a fix may change: also the risk that a plan shows. */
  readonly unsafe?: string;
  /** Why there is no automatic fix. */
  readonly manual?: string;
  /** Other facts. */
  readonly notes?: string;
}

/** The documentation of a rule. */
export interface RuleDocs {
  /** One sentence, imperative, no final period. */
  readonly description: string;
  /** Markdown: why it matters. */
  readonly rationale: string;
  /** Required if the rule has fixes. */
  readonly fixSafety?: FixReasons;
  /** Each produces at least one finding of this rule: run as a test. */
  readonly bad: readonly string[];
  /** Each produces none: run as a test. */
  readonly good: readonly string[];
  readonly references: readonly string[];
}

/** The translated part. */
export type TranslatedDocs = Pick<RuleDocs, 'description' | 'rationale' | 'fixSafety'>;

/** The files that scripts/texts.mjs writes next to the bundles, and their content. */
export interface TextFiles {
  readonly 'texts.ja': LanguageTexts;
  readonly 'docs.ja': Readonly<Record<string, TranslatedDocs>>;
}

/** Undefined when the file cannot be loaded: then texts are in English. */
export type ReadTexts = <Name extends keyof TextFiles>(name: Name) => TextFiles[Name] | undefined;
