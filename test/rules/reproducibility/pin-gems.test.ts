import rule from '../../../server/src/rules/reproducibility/pin-gems';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nRUN gem install b:1 c:2.0\n',
    "FROM a\nRUN gem install b -v '1.0'\n",
    'FROM a\nRUN gem install --version 1 b\n',
    'FROM a\nRUN gem install b:1 -- --use-system-libraries true\n',
    'FROM a\nRUN gem install ./b.gem\n',
    'FROM a\nRUN gem update b\n',
  ],
  invalid: [
    {
      name: 'gem takes --version for a single gem only',
      code: 'FROM a\nRUN gem install b c:2 -v 1.0\n',
      findings: [{ messageId: 'unpinned', at: 'b' }],
    },
    {
      code: 'FROM a\nRUN gem install bundler rake --no-document\n',
      findings: [
        { messageId: 'unpinned', at: 'bundler' },
        { messageId: 'unpinned', at: 'rake' },
      ],
    },
    { code: 'FROM a\nRUN gem i b:1 nokogiri\n', findings: [{ messageId: 'unpinned', at: ['nokogiri', 1] }] },
  ],
});
