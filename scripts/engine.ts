/** The parts of the engine that scripts use; `loadEngine.mjs` bundles them. */

export { toolInterfaces } from '../server/src/agents/toolInterfaces';
export { createAnalyzer } from '../server/src/analyzer';
export { headOf, OPTIONS } from '../server/src/cli/options';
export { createDockerfile, findPrograms } from '../server/src/create/createDockerfile';
export { KEYWORDS, parseDockerfile } from '../server/src/dockerfile/parse';
export { builtinRules } from '../server/src/engine/builtinRules';
export { configOf, FAIL_ON, FIX_CHOICES } from '../server/src/engine/config';
export { PRESET_DESCRIPTIONS, PRESETS, presetSeverity } from '../server/src/engine/presets';
export { createRuleNames } from '../server/src/engine/ruleNames';
export { renderRulePage } from '../server/src/engine/rulePage';
export { defaultRuleSettings, LABEL_FORMATS } from '../server/src/engine/ruleSettings';
export { ASPECTS } from '../server/src/engine/verifySettings';
export { readBuildContext } from '../server/src/host/buildContext.node';
export { runShellCheckSync } from '../server/src/host/shellCheck.node';
export { findEngine } from '../server/src/images/engines/findEngine';
export { createLocalize } from '../server/src/l10n/localize';
export { changesOfPlan } from '../server/src/optimizer/changesOfPlan';
export { createPlan } from '../server/src/optimizer/createPlan';
export { LEVELS } from '../server/src/optimizer/levels';
export { CUSTOM_KEYS, MATCH_KEYS } from '../server/src/project/customRules';
export { CONFIG_KEYS, parseConfig } from '../server/src/project/parseConfig';
export { allRules } from '../server/src/rules';
export { ContextCopy } from '../server/src/verify/contextCopy';
export { isRootUser } from '../server/src/verify/rootUser';
export { Trial } from '../server/src/verify/trial';
export { verifyChanges } from '../server/src/verify/verifyChanges';
