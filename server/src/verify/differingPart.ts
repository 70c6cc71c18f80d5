const LENGTH = 120;
/** How much of what is alike stands before it. */
const LEAD = 30;

/** The first part in which two texts differ, short enough for a report. */
export function differingPart(before: string, after: string): { readonly before: string; readonly after: string } {
  const [one, other] = [[...before], [...after]];
  const first = one.findIndex((character, index) => character !== other[index]);
  const start = Math.max(0, (first < 0 ? one.length : first) - LEAD);
  const part = (text: readonly string[]): string => {
    const end = start + LENGTH;
    return `${start > 0 ? '…' : ''}${text.slice(start, end).join('')}${text.length > end ? '…' : ''}`;
  };
  return { before: part(one), after: part(other) };
}
