import { hadolintSeverityOf } from './hadolintSeverities';
import type { RuleMeta, Severity } from './rule';

export const PRESETS = ['recommended', 'strict', 'security', 'all', 'hadolint'] as const;
export type Preset = (typeof PRESETS)[number];

export const PRESET_DESCRIPTIONS: Readonly<Record<Preset, string>> = {
  recommended: 'What is worth acting on in most files',
  strict: 'All rules but those of style that are off by default; nothing is less than a warning',
  security: 'The rules of the group `security` alone',
  all: 'Every rule',
  hadolint: "hadolint's rules with hadolint's severities, and no more than hadolint tells",
};

/** The engine's own rules that are on by default, such as the one for files that do not parse, belong to all presets. */
export function presetSeverity(preset: Preset, meta: RuleMeta, isBuiltIn: boolean): Severity | 'off' {
  if (isBuiltIn && meta.recommended) return meta.severity;
  switch (preset) {
    case 'recommended':
      return meta.recommended ? meta.severity : 'off';
    case 'strict':
      if (!meta.recommended && meta.group === 'style') return 'off';
      return meta.severity === 'error' ? 'error' : 'warning';
    case 'security':
      return meta.group === 'security' ? meta.severity : 'off';
    case 'all':
      return meta.severity;
    case 'hadolint':
      return hadolintSeverityOf(meta);
  }
}
