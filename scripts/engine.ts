/** What scripts need of the engine; `loadEngine.mjs` bundles it. */
export { CONFIG_KEYS } from '../server/src/engine/parseConfig';
export { LEVELS } from '../server/src/optimizer/levels';
export { PRESET_DESCRIPTIONS, PRESETS, presetSeverity } from '../server/src/engine/presets';
export { allRules } from '../server/src/rules';
export { builtinRules } from '../server/src/engine/builtinRules';
export { configOf, FAIL_ON } from '../server/src/engine/config';
export { createAnalyzer } from '../server/src/analyzer';
export { createPlan } from '../server/src/optimizer/createPlan';
export { createRuleNames } from '../server/src/engine/ruleNames';
export { defaultRuleSettings, LABEL_FORMATS } from '../server/src/engine/ruleSettings';
export { readBuildContext } from '../server/src/host/buildContext.node';
export { renderRulePage } from '../server/src/engine/rulePage';
export { runShellCheckSync } from '../server/src/host/shellCheck.node';
