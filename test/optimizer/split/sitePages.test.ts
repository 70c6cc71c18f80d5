import { describe, expect, it } from 'vitest';
import { guardOf, planFor } from '../../helpers/plan';

const ALL = { level: 'all' } as const;

const HUGO =
  'FROM alpine:3.20\nRUN apk add --no-cache hugo\nWORKDIR /site\nCOPY . .\nEXPOSE 1313\nCMD ["hugo", "server", "--bind", "0.0.0.0"]\n';
const HUGO_FILES = { 'hugo.toml': "baseURL = 'https://blog.acme.org/'\n", 'content/a.md': '' };
const MKDOCS =
  'FROM python:3.11\nWORKDIR /docs\nCOPY . .\nRUN pip install mkdocs\nCMD ["mkdocs", "serve", "-a", "0.0.0.0:8000"]\n';
const MKDOCS_FILES = { 'mkdocs.yml': 'site_name: a\n', 'docs/index.md': '' };
const JEKYLL =
  'FROM ruby:3.2\nWORKDIR /site\nCOPY . .\nRUN bundle install\nCMD bundle exec jekyll serve --host 0.0.0.0\n';
const JEKYLL_FILES = { '_config.yml': 'title: a\n', Gemfile: '', 'Gemfile.lock': '', 'index.md': '' };

/** The RUN that builds the pages, and what is copied. */
function builtBy(dockerfile: string, files: Readonly<Record<string, string>>): string[] {
  const { after } = planFor(dockerfile, files, ALL);
  return after
    .split('\n')
    .filter((line) => /^RUN (?!apk).*(?:hugo|jekyll build|mkdocs build)|--from=|listen/.test(line));
}

describe('pages of generators', () => {
  it('are built in a stage of their own and served with nginx', () => {
    const { after } = planFor(HUGO, HUGO_FILES, ALL);
    expect(after).toBe(`# Build stage: build the pages
FROM alpine:3.20 AS build
RUN apk add --no-cache hugo
WORKDIR /site
COPY . .
RUN hugo

# Final stage: what the app needs at run time
FROM nginxinc/nginx-unprivileged:stable
COPY <<'EOF' /etc/nginx/conf.d/default.conf
server {
    listen 1313;
    absolute_redirect off;
    root /usr/share/nginx/html;
    charset utf-8;
    location / {
        try_files $uri $uri.html $uri/ =404;
    }
    error_page 404 /404.html;
}
EOF
COPY --from=build /site/public /usr/share/nginx/html
EXPOSE 1313
`);
  });

  it.each([
    ['["hugo", "server", "-D", "-p", "8080", "--environment=staging"]', 'RUN hugo -D --environment=staging', 8080],
    ['["hugo", "serve", "--baseURL", "http://acme.org/"]', 'RUN hugo --baseURL http://acme.org:1313/', 1313],
    ['["hugo", "serve", "-b=https://acme.org", "--appendPort=false"]', 'RUN hugo --baseURL https://acme.org', 1313],
    ['hugo server --baseURL=/ --watch=false', 'RUN hugo --baseURL /', 1313],
  ])('Hugo: %s', (cmd, run, port) => {
    expect(builtBy(HUGO.replace(/^CMD .*/m, `CMD ${cmd}`), HUGO_FILES)).toEqual([
      run,
      `    listen ${port};`,
      'COPY --from=build /site/public /usr/share/nginx/html',
    ]);
  });

  it.each([
    ['["mkdocs", "serve", "-a", "0.0.0.0:8080", "--strict"]', 'RUN mkdocs build --strict', 8080],
    ['python -m mkdocs serve --dev-addr=0.0.0.0:8001 --no-livereload', 'RUN python -m mkdocs build', 8001],
  ])('MkDocs: %s', (cmd, run, port) => {
    expect(builtBy(MKDOCS.replace(/^CMD .*/m, `CMD ${cmd}`), MKDOCS_FILES)).toEqual([
      run,
      `    listen ${port};`,
      'COPY --from=build /docs/site /usr/share/nginx/html',
    ]);
  });

  it('MkDocs: the address in the settings, and the image that starts it', () => {
    const settings = { ...MKDOCS_FILES, 'mkdocs.yml': 'dev_addr: 0.0.0.0:8002\nsite_url: https://acme.org/\n' };
    expect(builtBy(MKDOCS.replace(', "-a", "0.0.0.0:8000"', ''), settings)).toContain('    listen 8002;');
    expect(builtBy('FROM squidfunk/mkdocs-material:9\nCOPY . .\n', MKDOCS_FILES)).toEqual([
      'RUN mkdocs build',
      '    listen 8000;',
      'COPY --from=build /docs/site /usr/share/nginx/html',
    ]);
    const options = 'FROM squidfunk/mkdocs-material:9\nCOPY . .\nCMD ["serve", "-a", "0.0.0.0:8003"]\n';
    expect(builtBy(options, MKDOCS_FILES)).toContain('    listen 8003;');
  });

  it('Jekyll: for production', () => {
    const copied = 'COPY --from=build /site/_site /usr/share/nginx/html';
    const run = 'RUN JEKYLL_ENV=production bundle exec jekyll build';
    expect(builtBy(JEKYLL, JEKYLL_FILES)).toEqual([run, '    listen 4000;', copied]);
    const twice = JEKYLL.replace('CMD', 'RUN bundle exec jekyll build\nCMD');
    expect(builtBy(twice, JEKYLL_FILES)).toEqual([run, '    listen 4000;', copied]);
    const set = JEKYLL.replace('WORKDIR', 'ENV JEKYLL_ENV=staging\nWORKDIR').replace('--host', "--baseurl '' --host");
    expect(builtBy(set, JEKYLL_FILES)).toContain("RUN bundle exec jekyll build --baseurl ''");
  });

  it.each([
    [HUGO, { ...HUGO_FILES, 'hugo.toml': 'title = "a"\n' }, '{file} does not set `baseURL`'],
    [HUGO, { ...HUGO_FILES, 'hugo.toml': 'baseURL = "http://example.org/"\n' }, '{file} does not set `baseURL`'],
    [
      HUGO,
      { ...HUGO_FILES, 'hugo.toml': 'baseURL = "https://a.github.io/blog/"\n' },
      'the pages are not served at `/`',
    ],
    [MKDOCS, { ...MKDOCS_FILES, 'mkdocs.yml': 'site_url: https://a.dev/b/\n' }, 'the pages are not served at `/`'],
    [JEKYLL, { ...JEKYLL_FILES, '_config.yml': 'baseurl: /blog\n' }, 'the pages are not served at `/`'],
    [MKDOCS.replace(':8000', ':80'), MKDOCS_FILES, 'only root may listen on port 80: use port 1024 or higher'],
  ])('stay where they would not work: %#', (dockerfile, files, guard) => {
    const plan = planFor(dockerfile, files, ALL);
    expect(plan.after).not.toContain('nginx');
    expect(guardOf(plan, 'static-server')).toBe(
      guard.startsWith('{file}')
        ? 'hugo.toml does not set `baseURL` to the address of the site, which the pages link to'
        : guard,
    );
  });

  it.each([
    HUGO.replace('"server"', '"server", "--source", "site"'),
    HUGO.replace('"0.0.0.0"', '"0.0.0.0", "--unknown"'),
    HUGO.replace('EXPOSE', 'RUN hugo --destination /out\nEXPOSE'),
    HUGO.replace('EXPOSE', 'USER nobody\nEXPOSE'),
    HUGO.replace('alpine:3.20', 'acme/unknown').replace('RUN apk add --no-cache hugo\n', ''),
    HUGO.replace('COPY . .\n', ''),
  ])('stay where the build is not known: %#', (dockerfile) => {
    expect(planFor(dockerfile, HUGO_FILES, ALL).after).not.toContain('nginx');
  });

  it('stay where the settings name another directory', () => {
    const files = { ...MKDOCS_FILES, 'mkdocs.yml': 'site_dir: out\n' };
    expect(planFor(MKDOCS, files, ALL).after).not.toContain('nginx');
  });
});
