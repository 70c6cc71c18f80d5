import { parsePackageJson } from '../../app/packageJson';
import { phrase } from '../../l10n/phrase';
import { type Guard, isGuard, refuse } from '../../optimizer/transform';
import { parseJson, recordOf, textOf } from '../../text/jsonValue';
import {
  type Lack,
  line,
  type Program,
  type ProjectFolder,
  type Starter,
  type StartLine,
  sources,
  titleOf,
} from '../starter';
import { allows } from '../versions';
import { asStage, nodeBuild } from './nodeBuild';

/** Newest first; those after 8.2 have no security fixes any more (https://www.php.net/supported-versions.php, 2026-11). */
const RELEASES = ['8.4', '8.3', '8.2', '8.1', '8.0', '7.4'];
/**
 * Extensions that the official image can compile, with the Debian packages that they need; all others are in the image or
 * come from PECL.
 */
const EXTENSIONS: Readonly<Record<string, readonly string[]>> = {
  bcmath: [],
  calendar: [],
  exif: [],
  gd: ['libfreetype6-dev', 'libjpeg62-turbo-dev', 'libpng-dev'],
  gettext: [],
  intl: ['libicu-dev'],
  mysqli: [],
  pcntl: [],
  pdo_mysql: [],
  pdo_pgsql: ['libpq-dev'],
  pgsql: ['libpq-dev'],
  soap: ['libxml2-dev'],
  sockets: [],
  xsl: ['libxslt1-dev'],
  zip: ['libzip-dev'],
};

/** Extensions in use of which composer.json often says nothing. */
const USES: Readonly<Record<string, RegExp>> = {
  gd: /\bimagecreate(?:truecolor|from\w{1,9})?\(/,
  mysqli: /\bmysqli(?:_\w{1,20})?\(/,
  pdo_mysql: /["']mysql:|^DB_CONNECTION=mysql|^DATABASE_URL=["']?mysql:/m,
  pdo_pgsql: /["']pgsql:|^DB_CONNECTION=pgsql|^DATABASE_URL=["']?postgres/m,
  pgsql: /\bpg_connect\(/,
  zip: /\bnew ZipArchive\b/,
};

/** A site behind Apache: `public/index.php` or `index.php`, with Composer's packages. */
export const php: Starter = (folder) => {
  const { files } = folder.context;
  const hasPublic = files.has('public/index.php');
  if (!hasPublic && !files.has('index.php'))
    return files.has('composer.json')
      ? [{ name: 'php', why: phrase('neither public/index.php nor index.php says what a web server answers with') }]
      : [];
  return [programOf(folder, hasPublic)];
};

function programOf(folder: ProjectFolder, hasPublic: boolean): Program | Lack {
  const { context } = folder;
  const composer = recordOf(parseJson(context.read('composer.json')));
  if (!composer && context.files.has('composer.json'))
    return { name: 'php', why: phrase('{path} cannot be read', { path: 'composer.json' }) };
  const required = recordOf(composer?.['require']) ?? {};
  const wanted = textOf(required['php']) ?? '';
  const locked = lockedPackages(context);
  const texts = [...context.files.keys()]
    .filter((path) => /\.php$|^\.env\.(?:example|dist)$/.test(path) && !path.startsWith('vendor/'))
    .map((path) => context.read(path) ?? '');
  if (texts.some((text) => /\bmysql_(?:p?connect|query)\(/.test(text)))
    return { name: 'php', why: phrase('the sources call `mysql_connect`, which PHP 7 removed: use mysqli or PDO') };
  const requirements = [required, ...locked].map((one) => phpOf(textOf(one['php'])));
  const release = RELEASES.find((one) => requirements.every((requirement) => allows(requirement, one)));
  if (release === undefined)
    return { name: 'php', why: phrase('no known PHP image satisfies {file}', { file: 'composer.json' }) };
  const names = [required, ...locked].flatMap((one) =>
    Object.keys(one).flatMap((name) => (name.startsWith('ext-') ? [name.slice('ext-'.length)] : [])),
  );
  const used = Object.keys(USES).filter((name) => texts.some((text) => USES[name]?.test(text)));
  const framework: Framework | undefined = required['laravel/framework']
    ? 'Laravel'
    : required['symfony/framework-bundle']
      ? 'Symfony'
      : undefined;
  const assets = assetsOf(folder);
  if (isGuard(assets)) return { name: 'php', why: assets.guard };
  return {
    name: 'php',
    title: titleOf(framework, `PHP ${release}`),
    lines: [
      ...asStage(assets, 'assets'),
      composer && wanted !== ''
        ? line(`FROM php:${release}-apache`, phrase('The newest PHP that {file} allows', { file: 'composer.json' }))
        : line(`FROM php:${release}-apache`, phrase('The newest PHP: the project names no version')),
      ...(framework === 'Symfony' ? [line('ENV APP_ENV=prod', phrase('The image is for production'))] : []),
      ...extensionLines([...new Set([...names, ...used])]),
      ...(hasPublic ? PUBLIC : []),
      ...(framework === 'Symfony' && !context.files.has('public/.htaccess') ? [FALLBACK] : []),
      ...(composer ? COMPOSER : []),
      ...sources('/var/www/html'),
      ...(composer
        ? [
            line(
              'RUN composer install --no-dev --optimize-autoloader',
              phrase('The packages of composer.json, without development'),
            ),
          ]
        : []),
      ...(assets.length > 0
        ? [line(`COPY --from=assets /app/${ASSETS} ${ASSETS}`, phrase('The assets that Node.js builds'))]
        : []),
      ...(framework === undefined ? [] : WRITTEN[framework]),
      line('EXPOSE 80', phrase('The port that Apache listens on')),
    ],
  };
}

/** `^7.4|^8.0`: Composer takes one bar as two. */
function phpOf(requirement: string | undefined): string {
  return (requirement ?? '').replace(/\|+/g, '||');
}

/** What the packages of composer.lock require: Composer refuses to install without it. */
function lockedPackages({ read }: ProjectFolder['context']): readonly Readonly<Record<string, unknown>>[] {
  const packages = recordOf(parseJson(read('composer.lock')))?.['packages'];
  return Array.isArray(packages) ? packages.map((one: unknown) => recordOf(recordOf(one)?.['require']) ?? {}) : [];
}

type Framework = 'Laravel' | 'Symfony';

/** Apache answers as www-data. */
const WRITTEN: Readonly<Record<Framework, readonly StartLine[]>> = {
  Laravel: [
    line('RUN chown -R www-data:www-data storage bootstrap/cache', phrase('The directories that Laravel writes to')),
  ],
  Symfony: [line('RUN mkdir -p var && chown -R www-data:www-data var', phrase('The directory that Symfony writes to'))],
};

const PUBLIC: readonly StartLine[] = [
  line(
    "RUN sed -ri 's!/var/www/html!/var/www/html/public!g' /etc/apache2/sites-available/*.conf && a2enmod rewrite",
    phrase('Apache answers from `public` only: nothing above it can be downloaded'),
  ),
];
const FALLBACK: StartLine = line(
  "RUN echo 'FallbackResource /index.php' > /etc/apache2/conf-enabled/front-controller.conf",
  phrase('Sends every other address to Symfony: the project has no public/.htaccess'),
);
const COMPOSER: readonly StartLine[] = [
  line('RUN apt-get update && apt-get install -y git unzip', phrase('Composer unpacks the packages with them')),
  line('COPY --from=composer:2 /usr/bin/composer /usr/bin/composer', phrase('Composer, from its own image')),
];

function extensionLines(names: readonly string[]): StartLine[] {
  const compiled = names.filter((name) => Object.hasOwn(EXTENSIONS, name));
  if (compiled.length === 0) return [];
  const packages = [...new Set(compiled.flatMap((name) => EXTENSIONS[name] ?? []))];
  const why = phrase('The extensions that composer.json requires and the sources use');
  return [
    ...(packages.length > 0
      ? [
          line(
            `RUN apt-get update && apt-get install -y ${packages.join(' ')}`,
            phrase('Libraries behind the PHP extensions'),
          ),
        ]
      : []),
    ...(compiled.includes('gd') ? [line('RUN docker-php-ext-configure gd --with-freetype --with-jpeg', why)] : []),
    line(`RUN docker-php-ext-install ${compiled.join(' ')}`, why),
  ];
}

/** Where Laravel's plugin for Vite and Symfony's Encore write. */
const ASSETS = 'public/build';

/** The stage that builds them: empty if there are none. */
function assetsOf(folder: ProjectFolder): readonly StartLine[] | Guard {
  const { context } = folder;
  const json = parsePackageJson(context.read('package.json'));
  if (!json || !Object.hasOwn(json.scripts, 'build')) return [];
  const texts = ['vite.config.js', 'vite.config.ts', 'webpack.config.js'].map((file) => context.read(file) ?? '');
  const isKnown = ['laravel-vite-plugin', 'vite-plugin-symfony', '@symfony/webpack-encore'].some(
    (name) => json.dependencies.has(name) || json.devDependencies.has(name),
  );
  // Packages of Composer are not in the stage of Node.js.
  const needsMore = texts.some((text) => /vendor\/|buildDirectory|setOutputPath\((?!["']public\/build)/.test(text));
  if (!isKnown || needsMore) return refuse('where Node.js puts the assets that it builds for PHP is unknown');
  const built = nodeBuild(folder, json);
  return isGuard(built) ? built : built.lines;
}
