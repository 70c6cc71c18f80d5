import rule from '../../../server/src/rules/size/rails-production';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nRUN SECRET_KEY_BASE=1 rails assets:precompile\n',
    'FROM a\nRUN rails db:migrate\n',
    'FROM a\nCMD rails assets:precompile\n',
  ],
  invalid: [
    {
      code: 'FROM a\nRUN bundle exec rake assets:precompile\n',
      findings: [{ messageId: 'key', at: 'assets:precompile' }],
    },
  ],
});
