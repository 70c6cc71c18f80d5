import type { Site } from '../../app/site';
import { runtimeLibraries } from '../../knowledge/runtimeLibraries';
import { type Guard, refuse } from '../transform';

/** Headers that a gem is compiled against: their libraries are needed to run it. */
const NATIVE: Readonly<Record<string, readonly string[]>> = {
  pg: ['libpq-dev'],
  mysql2: ['libmariadb-dev'],
  sqlite3: ['libsqlite3-dev'],
  rmagick: ['libmagickwand-dev'],
  'ruby-vips': ['libvips-dev'],
  charlock_holmes: ['libicu-dev'],
  curb: ['libcurl4-openssl-dev'],
  'ruby-filemagic': ['libmagic-dev'],
  tiny_tds: ['freetds-dev'],
};
/** Programs that gems call and that the full image has. */
const CALLED: Readonly<Record<string, string>> = {
  mini_magick: 'imagemagick',
  paperclip: 'imagemagick',
  'kt-paperclip': 'imagemagick',
};
const UNKNOWN = [
  'idn-ruby',
  'rugged',
  'oci8',
  'ruby-oci8',
  'gpgme',
  'capybara-webkit',
  'zookeeper',
  'wkhtmltopdf-binary',
  'wkhtmltopdf-binary-edge',
];

/** Names of all gems, out of the lock file, or of the Gemfile where there is none. */
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

/** Packages behind the gems that the full image has and the slim one lacks; a guard where they are not known. */
export function gemLibraries({ facts }: Site, gems: ReadonlySet<string>): string[] | Guard {
  const unknown = UNKNOWN.find((gem) => gems.has(gem));
  if (unknown !== undefined)
    return refuse('the libraries that {name} is linked against are not known', { name: unknown });
  // What is compiled on Alpine is compiled with headers that the file installs: the image has none.
  if (facts.distro === 'alpine') return [];
  const libraries: string[] = [];
  for (const gem of gems) {
    if (facts.variant === 'full' && Object.hasOwn(CALLED, gem)) libraries.push(CALLED[gem] ?? '');
    for (const headers of Object.hasOwn(NATIVE, gem) ? (NATIVE[gem] ?? []) : []) {
      const found = runtimeLibraries(headers, facts.distroRelease);
      if (!found) return refuse('the runtime libraries behind {name} are not known', { name: headers });
      libraries.push(...found);
    }
  }
  return [...new Set(libraries)];
}
