import rule from '../../../server/src/rules/size/rails-production';
import { buildContextOf } from '../../helpers/buildContext';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    {
      name: 'Rails 7.2 enables YJIT itself',
      code: 'FROM ruby:3.4-slim\nCMD ["bin/rails", "server"]\n',
      buildContext: buildContextOf({ 'Gemfile.lock': 'GEM\n  specs:\n    rails (7.2.1)\n' }),
    },
    {
      name: 'an old Ruby',
      code: 'FROM ruby:3.2-slim\nCMD ["puma"]\n',
      buildContext: buildContextOf({ 'Gemfile.lock': 'GEM\n  specs:\n    puma (6.4.0)\n' }),
    },
    'FROM ruby:3.4-slim\nCMD ["bin/rails", "server"]\n',
    'FROM a\nRUN bundle exec bootsnap precompile -j 1 app/ lib/\n',
    'FROM a\nRUN apt-get install -y libjemalloc2\nENV LD_PRELOAD=libjemalloc.so.2\n',

    'FROM a\nRUN SECRET_KEY_BASE=1 rails assets:precompile\n',
    'FROM a\nRUN rails db:migrate\n',
    'FROM a\nCMD rails assets:precompile\n',
  ],
  invalid: [
    {
      code: 'FROM ruby:3.3.5-slim\nCMD ["bin/rails", "server"]\n',
      buildContext: buildContextOf({ 'Gemfile.lock': 'GEM\n  specs:\n    rails (7.1.3)\n' }),
      findings: [{ messageId: 'yjit', at: 'CMD' }],
      onbuild: false,
    },
    {
      code: 'FROM a\nRUN bundle exec bootsnap precompile --gemfile\n',
      findings: [{ messageId: 'parallel', at: 'precompile' }],
    },
    { code: 'FROM a\nRUN apt-get install -y libjemalloc2\n', findings: [{ messageId: 'preload', at: 'libjemalloc2' }] },

    {
      code: 'FROM a\nRUN bundle exec rake assets:precompile\n',
      findings: [{ messageId: 'key', at: 'assets:precompile' }],
    },
  ],
});
