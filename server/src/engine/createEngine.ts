import { parseDockerfile } from '../dockerfile/parse';
import { createScriptCache } from '../dockerfile/scriptCache';
import type { KnowledgeBase } from '../knowledge/knowledgeBase';
import type { RuleDocs } from '../l10n/language';
import { createLocalize, type Localize } from '../l10n/localize';
import { defaultConfig, resolveConfig } from './config';
import type { Engine, LintOptions, LintResult } from './engine';
import { fixAll } from './fix';
import { lintModel } from './lint';
import type { Translate } from './messages';
import type { AnyRule, RuleMeta } from './rule';
import { createRuleNames } from './ruleNames';

export interface EngineSetup {
  readonly rules: readonly AnyRule[];
  readonly knowledge: KnowledgeBase;
  /** Messages in another language. */
  readonly translate?: Translate;
  /** English when left out. */
  readonly localize?: Localize;
  /** English when left out. */
  readonly localizeIn?: Engine['localizeIn'];
  /** What is told about a rule; as it is written there when left out. */
  readonly docsOf?: (meta: RuleMeta) => RuleDocs;
}

/** An engine keeps the shell scripts it parsed last: one for a whole session is the fastest. */
export function createEngine({
  rules,
  knowledge,
  translate,
  localize = createLocalize(undefined),
  localizeIn = () => createLocalize(undefined),
  docsOf = ({ docs }) => docs,
}: EngineSetup): Engine {
  const scripts = createScriptCache();
  const names = createRuleNames(rules);
  const speech = { translate, localize };
  const recommended = resolveConfig(defaultConfig, rules, '');
  const parse = (text: string, { targetStage, buildArgs, contexts } = recommended.settings) =>
    parseDockerfile(text, { scripts, targetStage, buildArgs, contexts });
  const lint = (
    text: string,
    { config = recommended, buildContext, shellCheck, imageScans, measured, memory }: LintOptions = {},
  ): LintResult => {
    const dockerfile = parse(text, config.settings);
    return {
      dockerfile,
      findings: lintModel(dockerfile, {
        rules,
        names,
        knowledge,
        speech,
        config,
        buildContext,
        shellCheck,
        imageScans,
        measured,
        memory,
      }),
    };
  };
  return {
    rules,
    knowledge,
    localize,
    localizeIn,
    docsOf,
    lint,
    fixAll: (text, options) =>
      fixAll(text, {
        upTo: options.upTo,
        rules: options.rules,
        within: options.within,
        order: names.metas,
        parse,
        // What was measured holds for the text it was measured of.
        lint: (current) => lint(current, current === text ? options : { ...options, measured: undefined }),
      }),
  };
}
