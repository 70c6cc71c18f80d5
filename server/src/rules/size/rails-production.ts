import { defineRule } from '../../engine/rule';
import type { Span } from '../../text/span';

export default defineRule({
  meta: {
    id: 'rails-production',
    group: 'size',
    severity: 'hint',
    recommended: false,
    since: '0.1.0',
    aliases: [
      'tally:ruby/asset-precompile-without-dummy-key',
      'tally:ruby/bootsnap-precompile-without-j1',
      'tally:ruby/jemalloc-installed-but-not-preloaded',
    ],
    messages: {
      key: 'Assets are compiled with the real secret key, or not at all',
      parallel: '`bootsnap precompile` hangs under emulation without `-j 1`',
      preload: 'jemalloc is installed but never loaded: set LD_PRELOAD',
    },
    docs: {
      description: 'Build a Rails application the way the Rails generator does',
      rationale:
        '`assets:precompile` loads the whole application and requires its secret key. `SECRET_KEY_BASE_DUMMY=1` provides a key that is valid for nothing else. `bootsnap precompile` forks, which hangs when an image is built for a different processor. jemalloc has no effect until `LD_PRELOAD` names it.',
      bad: ['FROM ruby:3.3\nRUN bin/rails assets:precompile\n'],
      good: ['FROM ruby:3.3\nRUN SECRET_KEY_BASE_DUMMY=1 bin/rails assets:precompile\n'],
      references: [
        'https://github.com/rails/rails/blob/main/railties/lib/rails/generators/rails/app/templates/Dockerfile.tt',
      ],
    },
  },
  visits: { tools: ['rails', 'rake', 'bundle', 'bootsnap', 'apt-get'] },
  create: ({ dockerfile: { text }, report }) => ({
    command(command) {
      const words = command.words.map(({ value }) => value);
      const at = (name: string): Span | undefined => command.words[words.indexOf(name)]?.span;
      const task = at('assets:precompile');
      if (task && !/SECRET_KEY_BASE/.test(text)) report(task, 'key');
      const bootsnap = words.includes('bootsnap') && words.includes('precompile') ? at('precompile') : undefined;
      if (bootsnap && !words.some((word) => /^-j|^--jobs/.test(word))) report(bootsnap, 'parallel');
      const jemalloc = command.name === 'apt-get' ? at('libjemalloc2') : undefined;
      if (jemalloc && !/LD_PRELOAD|MALLOC_CONF|jemalloc\.so/.test(text)) report(jemalloc, 'preload');
    },
  }),
});
