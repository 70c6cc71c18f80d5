import { phrase } from '../../l10n/phrase';
import { NGINX_IMAGE, NGINX_PAGES, nginxLines } from '../../optimizer/split/nginxPages';
import { exposed } from '../listening';
import { type Lack, line, type Program, type ProjectFolder, type Starter, type StartLine, sources } from '../starter';
import { newestRelease } from '../versions';
import { wantedRuby } from './rubyVersion';

/** The pages of a generator of sites, built once and served by nginx. */
export const sites: Starter = (folder) => {
  const { context } = folder;
  if (context.files.has('mkdocs.yml')) return [mkdocs(folder)];
  if (isJekyll(folder)) return [jekyll(folder)];
  const hugo = ['hugo.toml', 'hugo.yaml', 'hugo.json'].find((file) => context.files.has(file));
  const isOlder = ['config.toml', 'config.yaml'].some((file) => /^baseURL\b/im.test(context.read(file) ?? ''));
  if (hugo === undefined && !isOlder) return [];
  return [
    {
      name: 'hugo',
      why: phrase('Hugo has no Docker Official Image: start your own file from `ghcr.io/gohugoio/hugo`'),
    },
  ];
};

export function isJekyll({ context }: ProjectFolder): boolean {
  return context.files.has('_config.yml') && /\b(?:jekyll|github-pages)\b/.test(context.read('Gemfile') ?? '');
}

function mkdocs(folder: ProjectFolder): Program | Lack {
  const { context } = folder;
  if (/^(?:site_dir|INHERIT):/m.test(context.read('mkdocs.yml') ?? '')) return { name: 'mkdocs', why: ELSEWHERE };
  const list = ['docs/requirements.txt', 'requirements.txt', 'requirements-docs.txt'].find((file) =>
    /^mkdocs\b/m.test(context.read(file) ?? ''),
  );
  if (list === undefined) return { name: 'mkdocs', why: phrase('no requirements.txt lists MkDocs and its plugins') };
  const release = newestRelease(folder, 'python', '', (one) => one.includes('.'));
  return pages('mkdocs', `MkDocs, Python ${release}`, '/app/site', [
    line(`FROM python:${release} AS build`, phrase('The newest Python: the project names no version')),
    ...sources('/app'),
    line(`RUN pip install -r ${list}`, phrase('The packages of {file}', { file: list })),
    line('RUN mkdocs build', BUILT),
  ]);
}

function jekyll(folder: ProjectFolder): Program | Lack {
  const { context } = folder;
  if (/^(?:destination|source):/m.test(context.read('_config.yml') ?? '')) return { name: 'jekyll', why: ELSEWHERE };
  const lock = context.read('Gemfile.lock') ?? '';
  const [, version] = /^ {4}jekyll \((\d+\.\d+)/m.exec(lock) ?? [];
  const wanted = wantedRuby(context);
  const isOld = version === undefined ? /github-pages/.test(context.read('Gemfile') ?? '') : Number(version) < 4.4;
  const release = newestRelease(folder, 'ruby', wanted ?? '');
  // Jekyll runs on Ruby 3.4 since 4.4: https://jekyllrb.com/news/2025/01/29/jekyll-4-4-0-released (2026-12).
  if (release === undefined || (isOld && wanted === undefined))
    return { name: 'jekyll', why: phrase('this Jekyll needs an older Ruby than the newest: name it in .ruby-version') };
  return pages('jekyll', `Jekyll, Ruby ${release}`, '/app/_site', [
    wanted === undefined
      ? line(`FROM ruby:${release} AS build`, phrase('The newest Ruby: the project names no version'))
      : line(`FROM ruby:${release} AS build`, phrase('The Ruby version that the project asks for')),
    ...sources('/app'),
    line('RUN bundle install', phrase('The gems of the Gemfile')),
    line('RUN JEKYLL_ENV=production bundle exec jekyll build', BUILT),
  ]);
}

const ELSEWHERE = phrase('its settings move the sources or the pages to another folder');
const BUILT = phrase('The pages, as files');

function pages(name: string, title: string, folder: string, build: readonly StartLine[]): Program {
  return {
    name,
    title,
    lines: [
      ...build,
      line(`\nFROM ${NGINX_IMAGE}`, phrase('The built pages need only a web server; this nginx does not run as root')),
      line(nginxLines(8080, false).join('\n'), phrase('Addresses without `.html`, and the page for unknown ones')),
      line(`COPY --from=build ${folder} ${NGINX_PAGES}`, phrase('The directory that the build writes')),
      exposed('8080'),
    ],
  };
}
