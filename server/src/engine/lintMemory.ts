import { containsSpan, type Span, shiftSpan } from '../text/span';
import type { EffectiveConfig } from './config';
import type { NameOf, Part } from './parts';
import type { Finding, RuleScope } from './rule';

/** The inputs of findings other than the text. */
export interface Circumstances {
  readonly config: EffectiveConfig;
  readonly today: string | undefined;
}

interface Kept {
  readonly start: number;
  readonly findings: readonly Finding[];
}

/**
 * The findings in each part of a file from the last lint: after a keystroke, only affected parts are linted again. One
 * for each open document; the engine fills it.
 */
export class LintMemory {
  #circumstances: Circumstances | undefined;
  #kept = new Map<string, Kept>();
  #names = new Map<string, number>();
  #lastName = 0;
  /** From the current lint; entries that it does not reach are dropped. */
  #keptNow = new Map<string, Kept>();
  #namesNow = new Map<string, number>();

  /** A rule asked for something that is not in the file. */
  #isOutside = false;

  begin(circumstances: Circumstances): void {
    const { config, today } = circumstances;
    if (this.#circumstances?.config !== config || this.#circumstances.today !== today) this.#kept.clear();
    this.#circumstances = circumstances;
    this.#keptNow = new Map();
    this.#namesNow = new Map();
  }

  /** Short names for keys: two different texts never get the same name. */
  readonly nameOf: NameOf = (text) => {
    const name = this.#namesNow.get(text) ?? this.#names.get(text) ?? ++this.#lastName;
    this.#namesNow.set(text, name);
    return name;
  };

  /** Adds the findings of a part to `found`: the remembered ones, or those that `visit` adds. */
  lookAt({ key, span }: Part, scope: RuleScope, found: Finding[], visit: () => void): void {
    const name = `${scope} ${key}`;
    const known = this.#keptNow.get(name) ?? this.#kept.get(name);
    if (known) {
      const findings = moved(known.findings, span.start - known.start);
      this.#keptNow.set(name, { start: span.start, findings });
      found.push(...findings);
      return;
    }
    const { length } = found;
    this.#isOutside = false;
    visit();
    if (this.#isOutside) return;
    const findings = found.slice(length);
    if (findings.every((finding) => isWithin(finding, span))) this.#keptNow.set(name, { start: span.start, findings });
  }

  noteOutside(): void {
    this.#isOutside = true;
  }

  /** After a rule has failed, its findings are unknown, so everything is forgotten. */
  end(hasFailed: boolean): void {
    this.#kept = hasFailed ? new Map() : this.#keptNow;
    this.#names = this.#namesNow;
  }
}

/** False for findings that also refer to another place: it is unknown how they would move. */
function isWithin({ span, related, fixes }: Finding, part: Span): boolean {
  return (
    containsSpan(part, span) &&
    related.every((other) => containsSpan(part, other.span)) &&
    fixes.every(
      ({ edits, isolation }) =>
        edits.every((edit) => containsSpan(part, edit.span)) &&
        (typeof isolation !== 'number' || (part.start <= isolation && isolation <= part.end)),
    )
  );
}

function moved(findings: readonly Finding[], by: number): readonly Finding[] {
  if (by === 0 || findings.length === 0) return findings;
  return findings.map((finding) => ({
    ...finding,
    span: shiftSpan(finding.span, by),
    related: finding.related.map((other) => ({ ...other, span: shiftSpan(other.span, by) })),
    fixes: finding.fixes.map((fix) => ({
      ...fix,
      edits: fix.edits.map((edit) => ({ ...edit, span: shiftSpan(edit.span, by) })),
      ...(typeof fix.isolation === 'number' ? { isolation: fix.isolation + by } : {}),
    })),
  }));
}
