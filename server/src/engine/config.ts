import type { Severity } from './rule';

/** What holds for one file after presets, configuration files and command-line choices. */
export interface EffectiveConfig {
  severityOf(ruleId: string): Severity | 'off';
}
