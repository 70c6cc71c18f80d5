/** What no finding waits for: evaluated when it is first asked for. */

export { renderRulePage } from '../engine/rulePage';
export { planToMeasure } from '../images/planToMeasure';
export { codeLenses } from './codeLens';
export { hoverAt } from './hover';
export { imageCompletions } from './imageCompletion';
export { inlayHints } from './inlayHints';
export { measuredHints } from './measuredHints';
export { optimize } from './optimize';
export { checkFiles, checkSarif } from './workspaceChecks';
