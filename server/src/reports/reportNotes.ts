import type { Localize } from '../l10n/localize';
import type { VulnerabilitySeverity } from './scanReport';
import { SEVERITIES } from './vulnerabilities';

/** Collects notes on a report in addition to its rows. */
export class ReportNotes {
  readonly #texts: string[] = [];
  readonly #severities = new Set<string>();
  #incomplete = 0;

  constructor(private readonly localize: Localize) {}

  add(english: string, data?: Readonly<Record<string, string | number>>): void {
    this.#texts.push(this.localize(english, data));
  }

  /** Counts a row without the required fields. */
  addIncomplete(): void {
    this.#incomplete++;
  }

  /** The severity for the scanner's word: all scanners use the same words, in different case. */
  severity(word = 'unknown'): VulnerabilitySeverity {
    const known = SEVERITIES.find((severity) => severity === word.toLowerCase());
    if (known === undefined) this.#severities.add(word);
    return known ?? 'unknown';
  }

  all(): readonly string[] {
    const texts = [...this.#texts];
    if (this.#incomplete > 0)
      texts.push(this.localize('Entries without an ID or a package, left out: {count}', { count: this.#incomplete }));
    if (this.#severities.size > 0)
      texts.push(
        this.localize('Unrecognized severities, shown as unknown: {names}', {
          names: [...this.#severities].sort().join(', '),
        }),
      );
    return texts;
  }
}
