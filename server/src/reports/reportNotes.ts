import type { Localize } from '../l10n/localize';
import type { VulnerabilitySeverity } from './scanReport';
import { SEVERITIES } from './vulnerabilities';

/** What a reader has to say of a report beside its rows. */
export class ReportNotes {
  readonly #texts: string[] = [];
  readonly #severities = new Set<string>();
  #incomplete = 0;

  constructor(private readonly localize: Localize) {}

  add(english: string, data?: Readonly<Record<string, string | number>>): void {
    this.#texts.push(this.localize(english, data));
  }

  /** A row that lacks what makes it one. */
  addIncomplete(): void {
    this.#incomplete++;
  }

  /** The severity by the scanner's word for it; in whatever case, all of them have the same. */
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
