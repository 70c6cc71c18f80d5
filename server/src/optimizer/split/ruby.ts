import type { Site } from '../../app/site';
import { runtimeLibraries } from '../../knowledge/runtimeLibraries';
import { phrase } from '../../l10n/phrase';
import type { ShellCommand } from '../../shell/script';
import { type Guard, refuse } from '../transform';
import type { Split } from './compose';
import { type LanguageKind, splitInterpreted } from './interpreted';
import { runtimeImageOf, writtenImage } from './runtimeImage';

/** Where the official images put gems. */
const BUNDLE = '/usr/local/bundle';

/** Headers that a gem is compiled against: their libraries are needed to run it. */
const NATIVE: Readonly<Record<string, readonly string[]>> = {
  pg: ['libpq-dev'],
  mysql2: ['libmariadb-dev'],
  rmagick: ['libmagickwand-dev'],
  'ruby-vips': ['libvips-dev'],
  charlock_holmes: ['libicu-dev'],
  psych: ['libyaml-dev'],
  curb: ['libcurl4-openssl-dev'],
  idn: [],
  'ruby-filemagic': ['libmagic-dev'],
  tiny_tds: ['freetds-dev'],
  rbtrace: [],
};
const UNKNOWN = ['idn-ruby', 'rugged', 'oci8', 'ruby-oci8', 'gpgme', 'capybara-webkit', 'zookeeper'];

/** Ruby with bundler: gems are compiled in the full image and copied into the slim one. */
export function splitRuby(site: Site): Split | Guard | undefined {
  const { stage, dockerfile } = site;
  const commands = stage.instructions.flatMap((node) => (node.keyword === 'RUN' ? (node.script?.commands ?? []) : []));
  if (!commands.some((command) => rubyKind(command) === 'install')) return undefined;
  if (stage.base.kind !== 'image' || stage.base.image.repository !== 'ruby')
    return refuse('where gems are put is known of the official ruby images alone');
  const text = dockerfile.text.slice(stage.from.span.start);
  if (
    /BUNDLE_PATH|BUNDLE_APP_CONFIG|GEM_HOME|--path\b|--deployment|config\s+(?:set\s+)?(?:--\w+\s+)?(?:path|deployment)/.test(
      text,
    )
  )
    return refuse('gems are put into a folder of their own');
  const runtimeImage = runtimeImageOf(site);
  if (runtimeImage === undefined) return refuse('no smaller image of the same distribution is known');
  const lock = site.context.read('Gemfile.lock') ?? site.context.read('Gemfile') ?? '';
  const gems = new Set(
    [...lock.matchAll(/^[ \t]{4,6}([\w-]+) \(|^[ \t]*gem[ \t]+["']([\w-]+)/gm)].map(
      ([, one, other]) => one ?? other ?? '',
    ),
  );
  const unknown = UNKNOWN.find((gem) => gems.has(gem));
  if (unknown !== undefined)
    return refuse('the libraries that {name} is linked against are not known', { name: unknown });
  const libraries: string[] = [];
  for (const gem of gems) {
    // What is compiled on Alpine is compiled with headers that the file installs: the image has none.
    if (site.facts.distro === 'alpine') break;
    for (const headers of Object.hasOwn(NATIVE, gem) ? (NATIVE[gem] ?? []) : []) {
      const found = runtimeLibraries(headers, site.facts.distroRelease);
      if (!found) return refuse('the runtime libraries behind {name} are not known', { name: headers });
      libraries.push(...found);
    }
  }
  return splitInterpreted(site, {
    language: 'Ruby',
    runtimeImage,
    builderComment: 'Gems are installed here, where compilers and headers are',
    kindOf: rubyKind,
    artefacts: [{ path: BUNDLE }],
    libraries,
    isWorthIt: (left) => runtimeImage !== writtenImage(site) || left.length > 0,
    risk: phrase('A gem that is linked against a library that only the full image has would not load.'),
  });
}

function rubyKind({ name, words }: ShellCommand): LanguageKind | undefined {
  const subcommand = words[1]?.value ?? '';
  if (name === 'gem') return 'install';
  if (name === 'bundle' || name === 'bundler')
    return /^(?:install|config|update|clean)$/.test(subcommand) || words.length === 1 ? 'install' : 'stay';
  return /^(?:ruby|rails|rake|irb)$/.test(name) ? 'stay' : undefined;
}
