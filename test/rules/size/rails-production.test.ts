import rule from '../../../server/src/rules/size/rails-production';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nRUN bundle exec bootsnap precompile -j 1 app/ lib/\n',
    'FROM a\nRUN apt-get install -y libjemalloc2\nENV LD_PRELOAD=libjemalloc.so.2\n',

    'FROM a\nRUN SECRET_KEY_BASE=1 rails assets:precompile\n',
    'FROM a\nRUN rails db:migrate\n',
    'FROM a\nCMD rails assets:precompile\n',
  ],
  invalid: [
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
