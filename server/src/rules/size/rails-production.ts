import { contextOfBuild } from '../../app/site';
import { imageStage, lineage } from '../../dockerfile/lineage';
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
      'tally:ruby/yjit-not-enabled-on-supported-runtime',
    ],
    messages: {
      key: 'Assets are compiled with the real secret key, or not at all',
      parallel: '`bootsnap precompile` hangs under emulation without `-j 1`',
      preload: 'jemalloc is installed but never loaded: set LD_PRELOAD',
      yjit: 'Ruby runs without its compiler YJIT: set RUBY_YJIT_ENABLE=1',
    },
    docs: {
      description: 'Build a Rails application the way the Rails generator does',
      rationale:
        '`assets:precompile` loads the whole application and requires its secret key. `SECRET_KEY_BASE_DUMMY=1` provides a key that is valid for nothing else; before Rails 7.1, use `SECRET_KEY_BASE=dummy`. `bootsnap precompile` forks, which hangs when an image is built for a different processor. jemalloc has no effect until `LD_PRELOAD` names it. From Ruby 3.3 on, YJIT is ready for production; Rails enables it by itself from 7.2 on.',
      bad: ['FROM ruby:3.3\nRUN bin/rails assets:precompile\n'],
      good: ['FROM ruby:3.3\nRUN SECRET_KEY_BASE_DUMMY=1 bin/rails assets:precompile\n'],
      references: [
        'https://github.com/rails/rails/blob/main/railties/lib/rails/generators/rails/app/templates/Dockerfile.tt',
      ],
    },
  },
  visits: { keywords: ['CMD', 'ENTRYPOINT'], tools: ['rails', 'rake', 'bundle', 'bootsnap', 'apt-get'] },
  create: ({ dockerfile, buildContext, report }) => ({
    instruction(node) {
      const { stage, bodyText } = node;
      const start = stage?.instructions.findLast(({ keyword }) => /^(?:CMD|ENTRYPOINT)$/.test(keyword));
      if (!stage || start !== node || stage !== imageStage(dockerfile) || !SERVERS.test(bodyText)) return;
      const base = lineage(stage)[0]?.base;
      const isReady = base?.kind === 'image' && base.image.name === 'ruby' && READY_RUBY.test(base.image.tag ?? '');
      if (!isReady || /yjit/i.test(dockerfile.text)) return;
      const lock = buildContext && contextOfBuild(buildContext)?.read('Gemfile.lock');
      const [, major, minor] = /^ {4}rails \((\d+)\.(\d+)/m.exec(lock ?? '') ?? [];
      if (lock !== undefined && (major === undefined || Number(major) * 10 + Number(minor) < 72))
        report(node.keywordSpan, 'yjit');
    },
    command(command) {
      const words = command.words.map(({ value }) => value);
      const at = (name: string): Span | undefined => command.words[words.indexOf(name)]?.span;
      const task = at('assets:precompile');
      if (task && !dockerfile.text.includes('SECRET_KEY_BASE')) report(task, 'key');
      const bootsnap = words.includes('bootsnap') && words.includes('precompile') ? at('precompile') : undefined;
      if (bootsnap && !words.some((word) => /^-j|^--jobs/.test(word))) report(bootsnap, 'parallel');
      const jemalloc = command.name === 'apt-get' ? at('libjemalloc2') : undefined;
      if (jemalloc && !/LD_PRELOAD|MALLOC_CONF|jemalloc\.so/.test(dockerfile.text)) report(jemalloc, 'preload');
    },
  }),
});

const SERVERS = /\b(?:rails|puma|unicorn|thrust|rackup|sidekiq|falcon|thin|passenger)\b/;
/** `3.4-slim` */
const READY_RUBY = /^(?:3\.(?:[3-9]|\d\d)|[4-9])(?:[.-]|$)/;
