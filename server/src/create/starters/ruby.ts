import { parsePackageJson } from '../../app/packageJson';
import { phrase } from '../../l10n/phrase';
import { type Guard, isGuard, refuse } from '../../optimizer/transform';
import { exposed } from '../listening';
import { line, type ProjectFolder, type Starter, type StartLine, sources, start } from '../starter';
import { newestRelease } from '../versions';
import { nodeBuild } from './nodeBuild';
import { wantedRuby } from './rubyVersion';
import { isJekyll } from './sites';

/** A Rails or Rack application. */
export const ruby: Starter = (folder) => {
  const { context } = folder;
  const gemfile = context.read('Gemfile');
  if (gemfile === undefined) return [];
  const lock = context.read('Gemfile.lock') ?? gemfile;
  const wanted = wantedRuby(context);
  const release = newestRelease(folder, 'ruby', wanted ?? '');
  if (release === undefined)
    return [{ name: 'ruby', why: phrase('no known Ruby image satisfies {file}', { file: 'Gemfile' }) }];
  const isRails = context.files.has('config/application.rb');
  const assets = isRails ? nodeForAssets(folder, lock) : [];
  if (isGuard(assets)) return [{ name: 'ruby', why: assets.guard }];
  const [tools, packages] = [assets.slice(0, -1), assets.slice(-1)];
  if (!isRails && !context.files.has('config.ru'))
    return isJekyll(folder)
      ? []
      : [{ name: 'ruby', why: phrase('neither config/application.rb nor config.ru says what starts') }];
  const rails = /^ {4}rails \((\d+\.\d+)/m.exec(lock)?.[1];
  if (wanted === undefined && Number(rails) < 7.1)
    return [
      {
        name: 'ruby',
        why: phrase('Rails {version} needs an older Ruby than the newest: name it in .ruby-version', {
          version: rails ?? '',
        }),
      },
    ];
  const hasPuma = /^[ \t]*(?:gem ["'])?puma\b/m.test(lock);
  return [
    {
      name: 'ruby',
      title: `${isRails ? 'Rails' : 'Rack'}, Ruby ${release}`,
      lines: [
        wanted === undefined
          ? line(`FROM ruby:${release}`, phrase('The newest Ruby: the project names no version'))
          : line(`FROM ruby:${release}`, phrase('The Ruby version that the project asks for')),
        ...(isRails ? [RAILS_ENV] : []),
        ...(assets.length === 0 && needsEngine(lock) ? [ENGINE] : []),
        ...tools,
        ...sources('/app'),
        line('RUN bundle install', phrase('The gems of the Gemfile')),
        ...packages,
        ...(isRails && /\b(?:sprockets|propshaft)\b/.test(lock) ? [compiledAssets(rails)] : []),
        exposed(isRails ? '3000' : '9292'),
        isRails
          ? start(
              ['bundle', 'exec', 'rails', 'server', '-b', '0.0.0.0'],
              phrase('config/application.rb is a Rails application'),
            )
          : start(
              hasPuma
                ? ['bundle', 'exec', 'puma', '-b', 'tcp://0.0.0.0:9292']
                : ['bundle', 'exec', 'rackup', '--host', '0.0.0.0'],
              phrase('config.ru is a Rack application'),
            ),
      ],
    },
  ];
};

/** Gems whose `assets:precompile` calls the `build` scripts of package.json: the README of each (2026-11). */
const BUILD_WITH_NODE = /^ {4}(?:jsbundling-rails|cssbundling-rails|vite_rails|shakapacker) /m;

/** Node.js with the package manager, and the install of package.json as the last line. */
function nodeForAssets(folder: ProjectFolder, lock: string): readonly StartLine[] | Guard {
  const { context } = folder;
  const json = BUILD_WITH_NODE.test(lock) ? parsePackageJson(context.read('package.json')) : undefined;
  if (/^ {4}webpacker /m.test(lock)) return refuse('Webpacker needs an old Node.js: name its image yourself');
  if (!json) return [];
  const build = nodeBuild(folder, json);
  if (isGuard(build)) return build;
  const { manager } = build;
  if (manager.name === 'bun' || json.packageManager !== undefined)
    return refuse('{name} builds the assets, which Debian has no package of', { name: json.packageManager ?? 'bun' });
  return [
    line('RUN apt-get update && apt-get install -y nodejs npm', phrase('Builds the assets of the pages')),
    ...(manager.name === 'yarn' ? [line('RUN npm install -g yarn', phrase('package.json is locked by Yarn'))] : []),
    ...manager.before,
    manager.install,
  ];
}

/** The gem execjs stops a program as soon as it is loaded where it finds no JavaScript engine: its README (2026-12). */
function needsEngine(lock: string): boolean {
  return /^ {4}execjs /m.test(lock) && !/^ {4}(?:mini_racer|duktape|therubyracer) /m.test(lock);
}

const ENGINE: StartLine = line(
  'RUN apt-get update && apt-get install -y nodejs',
  phrase('The gem execjs runs JavaScript with it'),
);
const RAILS_ENV: StartLine = line(
  'ENV RAILS_ENV=production BUNDLE_WITHOUT=development:test',
  phrase('The image is for production, without gems for development and tests'),
);

/** Rails has SECRET_KEY_BASE_DUMMY since 7.1: https://guides.rubyonrails.org/7_1_release_notes.html (2026-12). */
function compiledAssets(rails: string | undefined): StartLine {
  const key = Number(rails) < 7.1 ? 'SECRET_KEY_BASE=dummy' : 'SECRET_KEY_BASE_DUMMY=1';
  return line(
    `RUN ${key} bundle exec rails assets:precompile`,
    phrase('Assets are compiled at build time, without the real secret key'),
  );
}
