import type { Localize } from '../../l10n/localize';
import type { VulnerabilitySeverity } from '../scanReport';

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

  /** The severity by the scanner's word for it, in lower case. */
  severity(word: string | undefined, words: Readonly<Record<string, VulnerabilitySeverity>>): VulnerabilitySeverity {
    const name = (word ?? 'unknown').toLowerCase();
    if (Object.hasOwn(words, name)) return words[name] ?? 'unknown';
    this.#severities.add(word ?? '');
    return 'unknown';
  }

  all(): readonly string[] {
    const texts = [...this.#texts];
    if (this.#incomplete > 0)
      texts.push(
        this.localize('Entries without an id or a package, which are left out: {count}', { count: this.#incomplete }),
      );
    if (this.#severities.size > 0)
      texts.push(
        this.localize('Severities that are not known and stand as unknown: {names}', {
          names: [...this.#severities].sort().join(', '),
        }),
      );
    return texts;
  }
}
