import { describe, expect, it } from 'vitest';
import { guardOf, planFor } from '../../helpers/plan';

const RAILS = { Gemfile: 'gem "rails"\n', 'Gemfile.lock': '    rails (7.1.0)\n    sqlite3 (1.7.0)\n', 'config.ru': '' };
const START = 'CMD ["rails", "server", "-b", "0.0.0.0"]\n';

function halves(dockerfile: string, files: Record<string, string> = RAILS): readonly [string, string] {
  const [builder = '', final = ''] = planFor(dockerfile, files).after.split('# Final stage');
  return [builder, final];
}

describe('Ruby', () => {
  it('takes the folder that assets are made in, without the Node.js that makes them', () => {
    const [builder, final] = halves(
      `FROM ruby:3.2\nRUN apt-get update && apt-get install -y nodejs yarnpkg\nWORKDIR /app\nCOPY . .\nRUN bundle install\nRUN yarn install\nENV RAILS_ENV=production\nRUN rails db:migrate\nRUN SECRET_KEY_BASE_DUMMY=1 bundle exec rails assets:precompile\n${START}`,
    );
    expect(builder).toContain('RUN rm -rf /app/node_modules\n');
    expect(final).toMatch(/COPY --chown=app:app --from=build \/app \/app\n/);
    expect(final).toContain('--no-install-recommends libsqlite3-0 \\\n');
    expect(final).not.toMatch(/nodejs|yarn|db:migrate|assets|COPY (?:--chown=\S+ )?\. \./);
  });

  it('takes gems in the folder of the program only once', () => {
    const [, final] = halves(
      `FROM ruby:3.2\nWORKDIR /app\nENV BUNDLE_DEPLOYMENT=1\nCOPY . .\nRUN bundle install\nRUN rails assets:precompile\n${START}`,
    );
    expect(final).toMatch(/--from=build \/app \/app\n/);
    expect(final).not.toContain('vendor/bundle');
    const [, other] = halves(
      `FROM ruby:3.2\nWORKDIR /app\nENV BUNDLE_DEPLOYMENT=1\nCOPY . .\nRUN bundle install\n${START}`,
    );
    expect(other).toContain('/app/vendor/bundle /app/vendor/bundle');
  });

  it('stays as it is where pages are compiled when they are requested', () => {
    const files = { ...RAILS, 'Gemfile.lock': '    webpacker (5.4.3)\n', 'package.json': '{}' };
    const app = (more: string) =>
      `FROM ruby:3.2\nRUN apt-get update && apt-get install -y nodejs yarnpkg\nWORKDIR /app\nCOPY . .\nRUN bundle install\nRUN yarn install\n${more}${START}`;
    expect(guardOf(planFor(app(''), files), 'multi-stage')).toBe(
      'in development, `webpacker` compiles the pages with Node.js when they are requested',
    );
    for (const more of ['ENV RAILS_ENV=production\n', 'RUN rails assets:precompile\n'])
      expect(guardOf(planFor(app(more), files), 'multi-stage')).toBeUndefined();
  });

  it('stays as it is where the pages of a mounted program are compiled when they are requested', () => {
    const text =
      'FROM ruby:3.2\nRUN apt-get update && apt-get install -y nodejs yarnpkg\nWORKDIR /app\nCOPY Gemfile* ./\nRUN bundle install\nCMD ["rails", "s"]\n';
    const plan = planFor(text, {
      Gemfile: "gem 'webpacker'\n",
      'Gemfile.lock': '    rails (6.0)\n    webpacker (4.0)\n',
    });
    expect(guardOf(plan, 'multi-stage')).toContain('`webpacker` compiles the pages with Node.js');
    expect(plan.after).toContain('yarnpkg');
  });

  it('keeps Node.js where a gem looks for it when it is loaded', () => {
    const [, final] = halves(
      `FROM ruby:3.2\nRUN apt-get update && apt-get install -y nodejs\nWORKDIR /app\nCOPY . .\nRUN bundle install\nRUN rails assets:precompile\n${START}`,
      { ...RAILS, 'Gemfile.lock': '    execjs (2.9.1)\n    uglifier (4.2.0)\n' },
    );
    expect(final).toContain('--no-install-recommends nodejs \\\n');
  });

  it.each([
    ['ENV BUNDLE_PATH=/gems\n', 'RUN bundle install\n', '/gems'],
    ['', 'RUN bundle install --path vendor/bundle\n', '/app/vendor/bundle'],
    ['', 'RUN bundle config set --local path vendor/gems && bundle install\n', '/app/vendor/gems'],
    ['', "RUN bundle config set --local deployment 'true' && bundle install\n", '/app/vendor/bundle'],
    ['ENV BUNDLE_DEPLOYMENT=1\n', 'RUN bundle install\n', '/app/vendor/bundle'],
  ])('takes the folder that gems are put into: %s%s', (env, install, folder) => {
    const [, final] = halves(`FROM ruby:3.2\nWORKDIR /app\n${env}COPY Gemfile* ./\n${install}COPY . .\n${START}`);
    expect(final).toContain(
      `COPY --from=build /usr/local/bundle /usr/local/bundle\nCOPY --from=build ${folder} ${folder}\n`,
    );
  });

  it('installs the program that a gem calls', () => {
    const [, final] = halves(`FROM ruby:3.2\nWORKDIR /app\nCOPY . .\nRUN bundle install\n${START}`, {
      ...RAILS,
      'Gemfile.lock': '    mini_magick (4.12.0)\n',
    });
    expect(final).toContain('--no-install-recommends imagemagick \\\n');
  });

  it.each([
    [
      'RUN bundle config set --global without test && bundle install\n',
      "`bundle config --global` writes to root's home directory: use --local or ENV",
    ],
    [
      'ENV GEM_HOME=/gems\nRUN bundle install\n',
      'gems are installed in a directory other than the default one of the image',
    ],
  ])('says what is in the way: %s', (runs, guard) => {
    const plan = planFor(`FROM ruby:3.2\nWORKDIR /app\nCOPY . .\n${runs}${START}`, RAILS);
    expect(guardOf(plan, 'multi-stage')).toBe(guard);
  });

  it('leaves an image alone that starts nothing', () => {
    const dockerfile = 'FROM ruby:3.3\nWORKDIR /app\nCOPY Gemfile .\nRUN bundle install\nCOPY . .\nEXPOSE 3000\n';
    expect(guardOf(planFor(dockerfile, { Gemfile: "gem 'sinatra'\n", 'app.rb': '' }), 'multi-stage')).toBe(
      'nothing is started, so other images may be built from this one',
    );
  });

  it('knows a tool that npm brings from the build of the program', () => {
    const dockerfile =
      'FROM ruby:3.3\nRUN curl -fsSL https://deb.nodesource.com/setup_20.x | bash - && apt-get install -y nodejs && npm install -g yarn\nWORKDIR /app\nCOPY Gemfile .\nRUN bundle install\nCOPY . .\nCMD ["ruby", "app.rb"]\n';
    const files = { Gemfile: "gem 'sinatra'\n", 'app.rb': '' };
    expect(guardOf(planFor(dockerfile, files), 'multi-stage')).toBe('packages come from a third-party repository');
  });

  it('takes settings of yarn for no build', () => {
    const plan = planFor(
      'FROM ruby:3.3\nRUN yarn config set registry https://example.com\nWORKDIR /app\nCOPY Gemfile Gemfile.lock ./\nRUN bundle install\nCOPY . .\nCMD ["ruby", "app.rb"]\n',
      { Gemfile: "gem 'sinatra'\n", 'Gemfile.lock': '    sinatra (4.0.0)\n', 'app.rb': '' },
    );
    expect(guardOf(plan, 'multi-stage')).toBeUndefined();
    expect(plan.after).toContain('AS build');
  });

  it('adds no library that the full image never had', () => {
    const { after } = planFor(
      'FROM ruby:3.3\nWORKDIR /app\nCOPY Gemfile Gemfile.lock ./\nRUN bundle install\nCOPY . .\nCMD ["ruby", "app.rb"]\n',
      {
        Gemfile: "gem 'image_processing'\n",
        'Gemfile.lock': '    image_processing (1.12.2)\n    ruby-vips (2.2.1)\n    ethon (0.16.0)\n',
        'app.rb': '',
      },
    );
    expect(after).not.toContain('libvips');
    expect(after).toMatch(/libcurl4(?:t64)?\b/);
  });

  it('keeps Node.js where pages are built when the container starts', () => {
    const { after } = planFor(
      'FROM ruby:3.2\nRUN apt-get update && apt-get install -y nodejs npm\nWORKDIR /app\nCOPY Gemfile Gemfile.lock ./\nRUN bundle install\nCOPY . .\nRUN npm ci && npm run build\nENTRYPOINT ["./entrypoint.sh"]\n',
      {
        Gemfile: 'gem "rails"\n',
        'Gemfile.lock': 'GEM\n  specs:\n    rails (7.0.0)\n',
        'package.json': '{"scripts":{"build":"tailwindcss"}}',
        'package-lock.json': '{}',
        'entrypoint.sh': '#!/bin/sh\nbin/rails assets:precompile\nexec bin/rails server\n',
      },
    );
    const [, final = ''] = after.split('# Final stage');
    expect(final).toMatch(/ nodejs\b/);
    expect(after).not.toContain('rm -rf /app/node_modules');
  });

  it('takes no notice of settings of gem, of checks before an install and of versions', () => {
    const [builder, final] = halves(
      `FROM ruby:3.2\nWORKDIR /app\nRUN echo "gem: --no-document" > ~/.gemrc\nCOPY Gemfile* ./\nRUN bundle check || bundle install\nRUN bundler --version\nCOPY . .\n${START}`,
    );
    expect(builder).toContain('RUN bundle check || bundle install\n');
    expect(final).toContain('COPY --from=build /usr/local/bundle /usr/local/bundle\n');
    expect(final).toContain('USER app\n');
    expect(final).not.toMatch(/gemrc|--version/);
  });
});
