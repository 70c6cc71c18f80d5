import type { ImageReference } from '../dockerfile/model';
import { createLocalize, type Localize } from '../l10n/localize';
import families from './data/families.json';
import sizes from './data/sizes.json';
import { type FactsOf, factsOfFamily } from './facts';
import type { Family } from './family';
import { isAtLeast, parseTag } from './imageTag';
import type { ImageFacts, KnowledgeBase, KnownTag } from './knowledgeBase';

/** Tags that move with the newest version, in the order that people look for them. */
const MOVING = ['latest', 'stable', 'lts', 'current', 'slim', 'alpine'];

const SIZES = new Map(Object.entries(sizes));

/**
 * The facts that are shipped with the extension, in the user's language. The data is part of the bundle; the clock
 * comes from the host.
 */
export function createKnowledgeBase(now?: () => Date, localize: Localize = createLocalize(undefined)): KnowledgeBase {
  const byName = new Map<string, FactsOf>();
  /** On every keystroke, many rules ask about the same FROM. */
  const known = new Map<string, ImageFacts | null>();
  for (const family of families.families as readonly Family[]) {
    let prepared: FactsOf | undefined;
    const factsOf: FactsOf = (name, reference) => {
      prepared ??= factsOfFamily(family, (of, tag) => SIZES.get(`${of}:${tag}`), localize);
      return prepared(name, reference);
    };
    for (const name of family.names) byName.set(name, factsOf);
  }
  const tagsKnown = new Map<string, readonly KnownTag[]>();
  let day: { readonly number: number; readonly text: string } | undefined;
  const today = (): string | undefined => {
    if (!now) return undefined;
    const date = now();
    const number = Math.floor(date.getTime() / DAY_MS);
    if (day?.number !== number) {
      day = { number, text: date.toISOString().slice(0, 10) };
      // A new day can change which releases have ended.
      tagsKnown.clear();
    }
    return day.text;
  };
  const factsOf = (name: string, tag: string): ImageFacts | undefined =>
    byName.get(name)?.(name, { repository: name, name, tag, span: NOWHERE, isLiteral: true });
  const sortedTags = (name: string, isOver: (facts: ImageFacts) => boolean): readonly KnownTag[] =>
    [...SIZES.keys()]
      .filter((image) => image.startsWith(`${name}:`))
      .flatMap((image) => {
        const tag = image.slice(name.length + 1);
        const facts = factsOf(name, tag);
        return facts ? [{ tag, facts }] : [];
      })
      .sort((a, b) => Number(isOver(a.facts)) - Number(isOver(b.facts)) || newestFirst(a.tag, b.tag));
  return {
    asOf: families.asOf,
    get today() {
      return today();
    },
    names: [...byName.keys()].sort(),
    tags(name) {
      const date = today();
      const isOver = ({ deprecated, endOfLife }: ImageFacts) =>
        deprecated !== undefined || (date !== undefined && endOfLife !== undefined && endOfLife.date < date);
      const tags = tagsKnown.get(name) ?? sortedTags(name, isOver);
      tagsKnown.set(name, tags);
      return tags;
    },
    image(reference) {
      const name = nameOf(reference);
      const key = `${name} ${reference.tag} ${reference.digest}`;
      let facts = known.get(key);
      if (facts === undefined) {
        facts = byName.get(name)?.(name, reference) ?? null;
        if (known.size >= MOST_KNOWN) known.clear();
        known.set(key, facts);
      }
      return facts ?? undefined;
    },
  };
}

const DAY_MS = 86_400_000;

/** More images than a workspace uses. */
const MOST_KNOWN = 1000;

const NOWHERE = { start: 0, end: 0 };

/** Versions in descending order; then tags that stand for the newest version; then the others. */
function newestFirst(a: string, b: string): number {
  const [one, other] = [parseTag(a), parseTag(b)];
  if (one.version !== undefined && other.version !== undefined) {
    if (one.version !== other.version) return isAtLeast(one.version, other.version) ? -1 : 1;
    return a.length - b.length || (a < b ? -1 : 1);
  }
  if (one.version !== undefined || other.version !== undefined) return one.version !== undefined ? -1 : 1;
  const rank = (tag: string) => (MOVING.indexOf(tag) + MOVING.length) % MOVING.length;
  return rank(a) - rank(b) || (a < b ? -1 : 1);
}

/** Distroless images name the release of Debian in their own name. */
function nameOf({ name }: ImageReference): string {
  return name.replace(/-debian\d+$/, '');
}
