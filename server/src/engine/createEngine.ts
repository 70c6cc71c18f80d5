import { parseDockerfile } from '../dockerfile/parse';
import { platformValues } from '../dockerfile/platformArgs';
import { createScriptCache } from '../dockerfile/scriptCache';
import type { KnowledgeBase } from '../knowledge/knowledgeBase';
import type { RuleDocs } from '../l10n/language';
import { createLocalize, type Localize } from '../l10n/localize';
import type { LoadPatterns } from '../text/linearPattern';
import { defaultConfig, resolveConfig } from './config';
import type { Engine, LintOptions, LintResult } from './engine';
import { fixAll } from './fix';
import { lintModel } from './lint';
import type { Translate } from './messages';
import type { AnyRule, RuleMeta } from './rule';
import { ruleSetOf } from './ruleSet';

export interface EngineSetup {
  readonly rules: readonly AnyRule[];
  readonly knowledge: KnowledgeBase;
  readonly loadPatterns?: LoadPatterns | undefined;
  readonly translate?: Translate;
  /** English when omitted. */
  readonly localize?: Localize;
  /** English when omitted. */
  readonly localizeIn?: Engine['localizeIn'];
  /** The documentation of a rule; the rule's own text when omitted. */
  readonly docsOf?: (meta: RuleMeta) => RuleDocs;
}

/**
 * Creates an engine. It caches the most recently parsed shell scripts, so one engine for a whole session is fastest.
 */
export function createEngine({
  rules,
  knowledge,
  loadPatterns,
  translate,
  localize = createLocalize(undefined),
  localizeIn = () => createLocalize(undefined),
  docsOf = ({ docs }) => docs,
}: EngineSetup): Engine {
  const scripts = createScriptCache();
  const speech = { translate, localize };
  const recommended = resolveConfig(defaultConfig, rules, '');
  const parse = (text: string, { targetStage, platform, buildArgs, contexts } = recommended.settings) => {
    const values = new Map([...platformValues(platform), ...buildArgs]);
    return parseDockerfile(text, { scripts, targetStage, buildArgs: values, contexts });
  };
  const lint = (
    text: string,
    { config = recommended, buildContext, shellCheck, imageScans, imagePlatforms, measured, memory }: LintOptions = {},
  ): LintResult => {
    const dockerfile = parse(text, config.settings);
    return {
      dockerfile,
      findings: lintModel(dockerfile, {
        ...ruleSetOf(rules, config.customRules),
        knowledge,
        speech,
        config,
        buildContext,
        shellCheck,
        imageScans,
        imagePlatforms,
        measured,
        memory,
      }),
    };
  };
  return {
    rules,
    knowledge,
    loadPatterns,
    localize,
    localizeIn,
    docsOf,
    lint,
    fixAll: (text, options) =>
      fixAll(text, {
        upTo: options.upTo,
        rules: options.rules,
        within: options.within,
        order: ruleSetOf(rules, options.config?.customRules).names.metas,
        parse,
        // Measurements apply only to the text that was measured.
        lint: (current) => lint(current, current === text ? options : { ...options, measured: undefined }),
      }),
  };
}
