import type { Localize } from '../l10n/localize';
import { say } from '../l10n/phrase';
import type { Lack } from './starter';

/** Why nothing can be written for a folder without programs. */
export function whyNone(localize: Localize, lacks: readonly Lack[]): readonly string[] {
  if (lacks.length > 0) return lacks.map(({ name, why }) => `${name}: ${say(localize, why)}`);
  return [
    localize('no project of a known language: Python, Node.js, Go, Rust, Java, .NET, C++, PHP, Ruby or static pages'),
  ];
}
