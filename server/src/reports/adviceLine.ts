import type { Advice } from './verification';

/** The advice as one line of the configuration. */
export function adviceLine({ key, value }: Advice): string {
  return key === 'fix' ? `rules: { ${value}: { fix: never } }` : `optimize: { ${key}: [${value}] }`;
}
