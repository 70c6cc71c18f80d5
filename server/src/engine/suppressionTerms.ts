import type { Span } from '../text/span';

/** What a comment says about its suppression besides the rules. */
export interface Terms {
  /** Empty when it gives none. */
  readonly reason: string;
  readonly expiry: Expiry | undefined;
}

/** The date until which a comment suppresses. */
export interface Expiry {
  readonly written: string;
  readonly span: Span;
  /** `YYYY-MM-DD`, the first day on which the comment suppresses nothing; undefined when the date is malformed. */
  readonly endsOn: string | undefined;
}

const AFTER_REASON = /;[ \t]{0,20}until\b[ \t]{0,20}([^\r\n]*)/di;
/** Without a reason; only with a digit, because a reason may begin with this word. */
const INSTEAD_OF_REASON = /^\s*:\s*until\s+(\d.*)$/di;

/** Reads `: why; until 2027-03-01`, which begins at `offset` in the file. The named day is the last one. */
export function readTerms(text: string, offset: number): Terms {
  const match = AFTER_REASON.exec(text) ?? INSTEAD_OF_REASON.exec(text);
  const [from, to] = match?.indices?.[1] ?? [0, 0];
  const written = text.slice(from, to);
  return {
    reason: text.slice(0, match?.index).replace(/^[\s:#-]+/, ''),
    expiry: match
      ? { written, span: { start: offset + from, end: offset + to }, endsOn: dayAfter(written, 1) }
      : undefined,
  };
}

/** Trivy's `:exp:2027-03-01`: from that day on, Trivy reports again. */
export function readTrivyExpiry(written: string, offset: number): Expiry {
  return { written, span: { start: offset, end: offset + written.length }, endsOn: dayAfter(written, 0) };
}

/** Undefined unless it is a day of the calendar, written as `YYYY-MM-DD`. */
function dayAfter(date: string, days: number): string | undefined {
  const time = /^\d{4}-\d\d-\d\d$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
  // `2027-02-30` may count as March 2.
  if (Number.isNaN(time) || dayOf(time) !== date) return undefined;
  return dayOf(time + days * DAY_MS);
}

const DAY_MS = 86_400_000;

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** The date that `2027/3/1` means: undefined unless the year comes first. */
export function wellFormed(written: string): string | undefined {
  const [, year, month = '', day = ''] = /^(\d{4})[-./](\d{1,2})[-./](\d{1,2})\.?$/.exec(written) ?? [];
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return year === undefined ? undefined : dayAfter(date, 0);
}

/** True from the day on which the comment suppresses nothing; never without a clock. */
export function hasEnded(expiry: Expiry | undefined, today: string | undefined): boolean {
  return expiry?.endsOn !== undefined && today !== undefined && today >= expiry.endsOn;
}
