import { expect, test } from 'vitest';
import { guardOf, planFor } from '../../helpers/plan';

test.each([
  [
    'FROM hugomods/hugo:exts\nCOPY . /src\nCMD ["hugo", "server", "--bind", "0.0.0.0"]\n',
    '`hugo server` is a development server: build the pages in a stage of their own, and copy them into the image of a web server',
  ],
  ['FROM jekyll/jekyll:4\nCOPY . .\nCMD bundle exec jekyll serve\n', '`jekyll serve` is a development server'],
  [
    'FROM nginx:1.27\nCOPY . /site\nRUN cd /site && hugo -d /usr/share/nginx/html\n',
    '`hugo` makes the pages in this stage: call it in a build stage, and copy the pages from there',
  ],
  ['FROM nginx:1.27\nCOPY hugo /usr/share/nginx/html\n', undefined],
  ['FROM acme/hugo\nCOPY . .\nCMD ["hugo", "version"]\n', undefined],
  ['FROM acme/site\nRUN pip install mkdocs\nCOPY . .\nCMD ["nginx"]\n', 'unknown base image'],
])('the pages of a site: %s', (dockerfile, guard) => {
  const why = guardOf(planFor(dockerfile, { 'config.toml': '' }), 'multi-stage');
  if (guard === undefined) expect(why).toBeUndefined();
  else expect(why).toContain(guard);
});
