import { stringify } from 'yaml';
import type { Config } from '../engine/config';

/** A configuration as the text of a `.dockerfile-optimizer.yaml`; omits defaults. */
export function writeConfig(config: Config, comment: string): string {
  const { settings, rules, overrides } = config;
  const content = {
    extends: config.extends,
    ...(rules.size > 0 ? { rules: Object.fromEntries(rules) } : {}),
    ...(overrides.length > 0
      ? { overrides: overrides.map(({ files, rules: chosen }) => ({ files, rules: Object.fromEntries(chosen) })) }
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
