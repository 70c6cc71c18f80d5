import { stringify } from 'yaml';
import type { Config } from '../engine/config';

/** A configuration as the text of a `.dockerfile-optimizer.yaml`; omits defaults. */
export function writeConfig(config: Config, comment: string): string {
  const { settings, rules, fixes, overrides } = config;
  const content = {
    extends: config.extends,
    ...(rules.size + fixes.size > 0 ? { rules: choicesOf(config) } : {}),
    ...(overrides.length > 0
      ? { overrides: overrides.map((override) => ({ files: override.files, rules: choicesOf(override) })) }
      : {}),
    ...(settings.trustedRegistries.length > 0 ? { trustedRegistries: settings.trustedRegistries } : {}),
    ...(settings.approvedImages.length > 0
      ? { approvedImages: settings.approvedImages.map(({ written }) => written) }
      : {}),
    ...(settings.labelSchema.size > 0 ? { requiredLabels: Object.fromEntries(settings.labelSchema) } : {}),
    ...(settings.strictLabels ? { strictLabels: true } : {}),
    ...(settings.targetStage === undefined ? {} : { targetStage: settings.targetStage }),
    ...(settings.buildArgs.size > 0 ? { buildArgs: Object.fromEntries(settings.buildArgs) } : {}),
    ...(config.failOn === undefined ? {} : { failOn: config.failOn }),
    ...(config.baseline === undefined ? {} : { baseline: config.baseline }),
    ...(config.hasSuppressions ? {} : { ignoreComments: false }),
  };
  return `# ${comment}\n${stringify(content)}`;
}

function choicesOf({ rules, fixes }: Pick<Config, 'rules' | 'fixes'>): Record<string, unknown> {
  const names = new Set([...rules.keys(), ...fixes.keys()]);
  return Object.fromEntries(
    [...names].map((name) => {
      const [severity, fix] = [rules.get(name), fixes.get(name)];
      if (fix === undefined) return [name, severity];
      return [name, severity === undefined ? { fix } : { severity, fix }];
    }),
  );
}
