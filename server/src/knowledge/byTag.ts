/** A fact for all tags, or one that depends on the tag: the first matching pattern applies. */
export type ByTag<T extends string> = T | readonly { readonly tags: string; readonly value: T }[];

/** Prepares the lookup of such a fact; patterns are compiled once. */
export function byTag<T extends string>(fact: ByTag<T> | undefined): (tag: string) => T | undefined {
  if (fact === undefined || typeof fact === 'string') return () => fact;
  const rules = fact.map(({ tags, value }) => ({ pattern: new RegExp(tags), value }));
  return (tag) => rules.find(({ pattern }) => pattern.test(tag))?.value;
}

/** True for the tags that match; `otherwise` when there is no pattern. */
export function tagsLike(tags: string | undefined, otherwise: boolean): (tag: string) => boolean {
  if (tags === undefined) return () => otherwise;
  const pattern = new RegExp(tags);
  return (tag) => pattern.test(tag);
}
