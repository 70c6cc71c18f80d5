/** What no finding waits for: evaluated when it is first asked for. */

export { renderRulePage } from '../engine/rulePage';
export { planToMeasure } from '../images/planToMeasure';
export { inlayHints } from './hints/estimatedHints';
export { measuredHints } from './hints/measuredHints';
export { checkFiles, checkSarif } from './requests/checkFiles';
export { codeLenses } from './requests/codeLens';
export { imageCompletions } from './requests/completion';
export { hoverAt } from './requests/hover';
export { optimize } from './requests/optimize';
