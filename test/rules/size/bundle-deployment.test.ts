import rule from '../../../server/src/rules/size/bundle-deployment';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nENV BUNDLE_WITHOUT=test\nRUN bundle install\n',
    'FROM a\nRUN bundle install --without test\n',
    'FROM a\nRUN bundle config set without test && bundle install\n',
    'FROM a\nRUN bundle exec b\n',
    'FROM a AS x\nRUN bundle install\nFROM b\n',
  ],
  invalid: [
    {
      code: 'FROM a AS x\nRUN bundle install\nFROM b\nRUN bundle\n',
      findings: [{ messageId: 'dev', at: ['bundle', 2] }],
      output:
        'FROM a AS x\nRUN bundle install\nFROM b\nENV BUNDLE_DEPLOYMENT=1 BUNDLE_WITHOUT=development:test\nRUN bundle\n',
    },

    {
      code: 'FROM a\nRUN bundle install -j4\n',
      findings: [{ messageId: 'dev', at: 'bundle install -j4' }],
      output: 'FROM a\nENV BUNDLE_DEPLOYMENT=1 BUNDLE_WITHOUT=development:test\nRUN bundle install -j4\n',
    },
  ],
});
