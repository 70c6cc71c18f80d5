/** What docs and editors call the baseline; any other name does too, but no editor watches it. */
export const BASELINE_NAME = '.dockerfile-optimizer-baseline.json';

/** In the order in which they win inside one folder; hadolint's is read as it is. */
export const CONFIGURATION_NAMES: readonly string[] = [
  '.dockerfile-optimizer.yaml',
  '.dockerfile-optimizer.yml',
  '.dockerfile-optimizer.json',
  '.hadolint.yaml',
  '.hadolint.yml',
];

/** Globs of Compose and Bake files. */
export const BUILD_FILES: readonly string[] = ['{docker-,}compose*.{yaml,yml}', 'docker-bake*.{hcl,json}'];

const COMPOSE = /^(?:docker-)?compose(?:[.-][\w.-]+)?\.ya?ml$/;
/** In the order in which Bake lays one over the other. */
export const BAKE_NAMES: readonly string[] = [
  'docker-bake.json',
  'docker-bake.hcl',
  'docker-bake.override.json',
  'docker-bake.override.hcl',
];

export function isComposeName(name: string): boolean {
  return COMPOSE.test(name);
}

export function isBakeName(name: string): boolean {
  return BAKE_NAMES.includes(name);
}
