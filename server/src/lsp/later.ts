/** What no finding waits for: loaded when it is first asked for, in the browser as a script of its own. */

export { renderRulePage } from '../engine/rulePage';
export { planToMeasure } from '../images/planToMeasure';
export { codeLenses } from './codeLens';
export { hoverAt } from './hover';
export { imageCompletions } from './imageCompletion';
export { inlayHints } from './inlayHints';
export { measuredHints } from './measuredHints';
export { optimize } from './optimize';
export { checkFiles, checkSarif } from './workspaceChecks';
