/** Commands of our extension; in editors without it, the server runs the ones that it can. */
export const OPTIMIZE_COMMAND = 'dockerfileOptimizer.optimize';
export const OPTIMIZE_STAGE_COMMAND = 'dockerfileOptimizer.optimizeStage';
export const FIX_COMMAND = 'dockerfileOptimizer.fix';
export const RUNS_AGAIN_COMMAND = 'dockerfileOptimizer.runsAgain';
export const SHOW_RULE_COMMAND = 'dockerfileOptimizer.showRule';
export const SHOW_SCAN_COMMAND = 'dockerfileOptimizer.showScan';
export const TURN_OFF_COMMAND = 'dockerfileOptimizer.turnOffRule';
export const ASK_REASON_COMMAND = 'dockerfileOptimizer.askReason';
