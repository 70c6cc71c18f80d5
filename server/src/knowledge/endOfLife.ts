import data from './data/endOfLife.json';
import type { ImageTag } from './imageTag';
import type { Distro, EndOfLife } from './knowledgeBase';

type Named = Readonly<Record<string, string>>;
interface Product {
  readonly title: string;
  readonly file: string;
  readonly commit: string;
  /** `YYYY-MM`: the date of the page. */
  readonly date: string;
  readonly releases: Named;
}

const PRODUCTS: Readonly<Record<string, Product>> = data.products;
const IMAGES: Named = data.images;
const CODENAMES: Readonly<Record<string, Named>> = data.codenames;

/** The runtime or the distribution, whichever ends first; undefined when neither is known. */
export function endOfLifeOf(
  name: string,
  tag: ImageTag,
  distro: Distro | undefined,
  release: string | undefined,
): EndOfLife | undefined {
  const ends = [ofVersion(IMAGES[name], tag.version ?? nodeVersion(name, tag)), ofRelease(name, tag, distro, release)];
  // Without localeCompare: its first call loads the rules of a language, which takes longer than a lint.
  return ends.filter((end) => end !== undefined).sort((a, b) => (a.date < b.date ? -1 : 1))[0];
}

/** The names of releases with long-term support (nodejs/Release, CODENAMES.md, 2026-12). */
const NODE_NAMES: Named = {
  ...{ argon: '4', boron: '6', carbon: '8', dubnium: '10', erbium: '12', fermium: '14' },
  ...{ gallium: '16', hydrogen: '18', iron: '20', jod: '22', krypton: '24' },
};

function nodeVersion(name: string, { parts: [first = ''] }: ImageTag): string | undefined {
  return name === 'node' && Object.hasOwn(NODE_NAMES, first) ? NODE_NAMES[first] : undefined;
}

function ofRelease(
  name: string,
  tag: ImageTag,
  distro: Distro | undefined,
  release: string | undefined,
): EndOfLife | undefined {
  if (distro === undefined) return undefined;
  if (release !== undefined) return ofVersion(distro, release);
  // An image of the distribution itself has its version as the tag.
  if (name !== distro) return undefined;
  const version = tag.version ?? '';
  return ofVersion(
    distro,
    CODENAMES[distro]?.[version.replace(/^(\d+)\..*$/, distro === 'debian' ? '$1' : '$&')] ?? version,
  );
}

/** Uses the longest listed prefix of a version: `3.8.12` belongs to 3.8. */
function ofVersion(key: string | undefined, version: string | undefined): EndOfLife | undefined {
  const product = key === undefined ? undefined : PRODUCTS[key];
  if (!product || version === undefined) return undefined;
  const parts = version.split('.');
  for (let count = parts.length; count > 0; count--) {
    const release = parts.slice(0, count).join('.');
    const date = Object.hasOwn(product.releases, release) ? product.releases[release] : undefined;
    // `3` means its newest release.
    if (date !== undefined)
      return {
        what: `${product.title} ${release}`,
        date,
        longest: longestOf(product),
        source: `endoflife-date/endoflife.date@${product.commit} ${product.file}, ${product.date}`,
      };
  }
  return undefined;
}

function longestOf({ title, releases }: Product): EndOfLife['longest'] {
  const [release = '', date = ''] = Object.entries(releases).reduce((best, one) => (one[1] > best[1] ? one : best));
  return { what: `${title} ${release}`, date };
}
