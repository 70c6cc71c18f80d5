import type { ProjectFolder } from './starter';

type Version = readonly number[];

/**
 * The newest known release of an image, `3.13` or `22`, that a requirement allows: `>=3.10,<3.14`, `^20 || ^22`, `~> 3.3`,
 * `20.x`. Undefined if none does. Releases without security fixes are taken only if nothing else is allowed. A release that
 * a requirement with an upper bound names exists, also where it is newer or older than the known ones.
 */
export function newestRelease(
  { knowledge }: ProjectFolder,
  image: string,
  requirement: string,
  isWanted: (release: string) => boolean = () => true,
): string | undefined {
  const releases = [...new Set(knowledge.tags(image).map(({ tag }) => /^\d+(?:\.\d+)?$/.exec(tag)?.[0]))];
  const named = allows(requirement, '9999')
    ? []
    : [...requirement.matchAll(/(?<![\d.])\d{1,4}(?:\.\d{1,4})?/g)]
        .map(([release]) => release)
        .sort((a, b) => compare(numbers(b), numbers(a)));
  return [...releases, ...named].find(
    (release) => release !== undefined && isWanted(release) && allows(requirement, release),
  );
}

/** True if some patch release of a `major` or `major.minor` may satisfy the requirement. */
export function allows(requirement: string, release: string): boolean {
  const version = numbers(release);
  return requirement
    .split('||')
    .some((part) =>
      [...part.matchAll(/([<>=!~^]{0,3})[ \t]{0,9}v?(\d[\d.x*]{0,30}|[x*])/gi)].every(
        ([, operator = '', written = '']) => satisfies(version, operator, numbers(written)),
      ),
    );
}

function satisfies(release: Version, operator: string, wanted: Version): boolean {
  // Compared at the precision of the release: patch releases of the image are the newest ones.
  const order = compare(release, wanted);
  if (operator === '!=') return true;
  if (operator === '<') return order < 0 || (order === 0 && wanted.length > release.length);
  if (operator === '<=') return order <= 0;
  if (operator === '>' || operator === '>=') return order >= 0;
  if (operator === '^' || (/^~[=>]/.test(operator) && wanted.length <= 2) || (operator === '~' && wanted.length === 1))
    return order >= 0 && release[0] === wanted[0];
  return order === 0;
}

/** By the numbers that both have. */
function compare(a: Version, b: Version): number {
  for (let at = 0; at < Math.min(a.length, b.length); at++) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function numbers(text: string): Version {
  return (text.match(/^[\d.]+/)?.[0] ?? '')
    .split('.')
    .filter((part) => part !== '')
    .map(Number);
}
