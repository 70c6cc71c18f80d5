import { createEngine } from './engine/createEngine';
import type { Engine } from './engine/engine';
import { createKnowledgeBase } from './knowledge';
import type { Language, ReadTexts, TextFiles } from './l10n/language';
import { createLocalize } from './l10n/localize';
import { allRules } from './rules';
import type { LoadPatterns } from './text/linearPattern';

export interface AnalyzerSetup {
  /** The current date, for end-of-life checks; without it, nothing has reached end of life. */
  readonly now?: () => Date;
  readonly language?: Language;
  readonly readTexts?: ReadTexts;
  readonly loadPatterns?: LoadPatterns;
}

/** The engine as users get it: all rules and the shipped knowledge, in the user's language. */
export function createAnalyzer({ now, language = 'en', readTexts, loadPatterns }: AnalyzerSetup = {}): Engine {
  const textsIn = (one: Language) => (one === 'en' ? undefined : readTexts?.(`texts.${one}`));
  const spoken = textsIn(language);
  const localize = createLocalize(spoken?.texts);
  let translated: TextFiles['docs.ja'] | undefined;
  return createEngine({
    rules: allRules,
    knowledge: createKnowledgeBase(now, localize),
    localize,
    loadPatterns,
    localizeIn: (other) => (other === language ? localize : createLocalize(textsIn(other)?.texts)),
    translate: (ruleId, messageId) => spoken?.messages[ruleId]?.[messageId],
    docsOf: ({ id, docs }) => {
      if (language !== 'en') translated ??= (spoken && readTexts?.(`docs.${language}`)) ?? {};
      return { ...docs, ...translated?.[id] };
    },
  });
}
