/** The same call as in the rest of the client; the translations come with the report. */
let known: Readonly<Record<string, string>> = {};
let language = 'en';

export const l10n = {
  use(texts: Readonly<Record<string, string>>, of: string): void {
    known = texts;
    language = of;
  },
  t(english: string, ...values: readonly (string | number)[]): string {
    const text = Object.hasOwn(known, english) ? (known[english] ?? english) : english;
    return text.replace(/\{(\d+)\}/g, (placeholder, index: string) => String(values[Number(index)] ?? placeholder));
  },
  number: (value: number): string => new Intl.NumberFormat(localeOf()).format(value),
  percent: (share: number): string =>
    new Intl.NumberFormat(localeOf(), {
      style: 'percent',
      maximumFractionDigits: Math.abs(share) < 0.1 ? 1 : 0,
    }).format(share),
  /** An ISO date in readable form; any other text is returned unchanged. */
  date(iso: string): string {
    const date = new Date(iso);
    if (Number.isNaN(date.getTime())) return iso;
    return new Intl.DateTimeFormat(localeOf(), { dateStyle: 'medium', timeStyle: 'short' }).format(date);
  },
};

/** British English: its dates have the day first and the month's name, so nobody misreads them. */
function localeOf(): string {
  return language === 'en' ? 'en-GB' : language;
}
