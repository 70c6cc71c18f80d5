/** Values out of JSON that another program wrote: what has another type than expected is not there. */

export type JsonRecord = Readonly<Record<string, unknown>>;

export function recordOf(value: unknown): JsonRecord | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonRecord) : undefined;
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function recordsOf(value: unknown): readonly JsonRecord[] {
  return listOf(value).flatMap((item): readonly JsonRecord[] => {
    const record = recordOf(item);
    return record ? [record] : [];
  });
}

/** A member by a name that may come out of the data: what objects inherit is no member. */
export function memberOf(record: JsonRecord | undefined, name: string): unknown {
  return record !== undefined && Object.hasOwn(record, name) ? record[name] : undefined;
}

/** Undefined also for empty text. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

/** Without the members that are undefined: they are not there. */
export function given<T extends object>(values: T): { readonly [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    readonly [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

/** A moment, with whatever offset and fractions it is written. */
export function dateOf(value: unknown): Date | undefined {
  const time = Date.parse(textOf(value) ?? '');
  return Number.isNaN(time) ? undefined : new Date(time);
}

/** The first page that may be shown as a link. */
export function webAddressOf(values: readonly unknown[]): string | undefined {
  return values.map(textOf).find((text) => text !== undefined && /^https?:\/\/\S+$/.test(text));
}

/** A CVSS base score; 0 is what scanners write when there is none. */
export function scoreOf(value: unknown): number | undefined {
  return typeof value === 'number' && value > 0 && value <= 10 ? value : undefined;
}

const TITLE_LENGTH = 160;

/** The first sentence of a description. */
export function titleOf(value: unknown): string | undefined {
  const [sentence = ''] = (textOf(value) ?? '').split(/\r?\n|(?<=[.!?]) /, 1);
  if (sentence === '') return undefined;
  return sentence.length > TITLE_LENGTH ? `${sentence.slice(0, TITLE_LENGTH - 1)}…` : sentence.replace(/\.$/, '');
}
