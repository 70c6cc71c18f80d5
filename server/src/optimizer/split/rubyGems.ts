import type { Site } from '../../app/site';
import { packageNeeds } from '../../knowledge/packageNeeds';
import { libraryRelease } from '../../knowledge/runtimeLibraries';
import { type Guard, refuse } from '../transform';
import { librariesBehind } from './librariesBehind';

/** Names of all gems, from the lock file, or from the Gemfile if there is none. */
export function gemsOf({ context, copied }: Site): ReadonlySet<string> {
  const at = (name: string) => {
    const path = [...copied.files.values()].find((file) => file === name || file.endsWith(`/${name}`));
    return path === undefined ? undefined : context.read(path);
  };
  const text = at('Gemfile.lock') ?? at('Gemfile') ?? '';
  return new Set(
    [...text.matchAll(/^[ \t]{4,6}([\w-]+) \(|^[ \t]*gem[ \t]+["']([\w-]+)/gm)].map(
      ([, one, other]) => one ?? other ?? '',
    ),
  );
}

/** Packages that gems need and that only the full image has; a guard if they are unknown. */
export function gemLibraries({ facts }: Site, gems: ReadonlySet<string>): string[] | Guard {
  const unknown = [...gems].find((gem) => packageNeeds('gem', gem)?.isUnknown);
  if (unknown !== undefined)
    return refuse('cannot determine which libraries {name} is linked against', { name: unknown });
  // On Alpine, gems are compiled with headers that the file installs: the image has none.
  if (facts.distro === 'alpine') return [];
  const headers = [...gems].flatMap((gem) => packageNeeds('gem', gem)?.headers ?? []);
  return librariesBehind(headers, libraryRelease(facts));
}
