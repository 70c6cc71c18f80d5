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
