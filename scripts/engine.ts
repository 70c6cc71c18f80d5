/** The parts of the engine that scripts use; `loadEngine.mjs` bundles them. */

export { createAnalyzer } from '../server/src/analyzer';
export { headOf, OPTIONS } from '../server/src/cli/options';
export { KEYWORDS } from '../server/src/dockerfile/parse';
export { builtinRules } from '../server/src/engine/builtinRules';
export { configOf, FAIL_ON, FIX_CHOICES } from '../server/src/engine/config';
export { PRESET_DESCRIPTIONS, PRESETS, presetSeverity } from '../server/src/engine/presets';
export { createRuleNames } from '../server/src/engine/ruleNames';
export { renderRulePage } from '../server/src/engine/rulePage';
export { defaultRuleSettings, LABEL_FORMATS } from '../server/src/engine/ruleSettings';
export { readBuildContext } from '../server/src/host/buildContext.node';
export { runShellCheckSync } from '../server/src/host/shellCheck.node';
export { createPlan } from '../server/src/optimizer/createPlan';
export { LEVELS } from '../server/src/optimizer/levels';
export { CUSTOM_KEYS, MATCH_KEYS } from '../server/src/project/customRules';
export { CONFIG_KEYS } from '../server/src/project/parseConfig';
export { allRules } from '../server/src/rules';
