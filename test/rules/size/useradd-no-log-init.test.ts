import rule from '../../../server/src/rules/size/useradd-no-log-init';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nRUN useradd b\n',
    'FROM a\nRUN useradd -u 1000 b\n',
    'FROM a\nRUN useradd -l -u 123456 b\n',
    'FROM a\nRUN useradd -mlu 123456 b\n',
    'FROM a\nRUN useradd -u $ID b\n',
    'FROM a\nRUN adduser -u 123456 b\n',
  ],
  invalid: [
    {
      code: 'FROM a\nRUN useradd -m -u 123456 b\n',
      findings: [{ messageId: 'missing', at: 'useradd' }],
      output: 'FROM a\nRUN useradd --no-log-init -m -u 123456 b\n',
    },
    {
      code: 'FROM a\nRUN a && /usr/sbin/useradd --uid=10000000 b\n',
      findings: [{ messageId: 'missing', at: '/usr/sbin/useradd' }],
      output: 'FROM a\nRUN a && /usr/sbin/useradd --no-log-init --uid=10000000 b\n',
    },
  ],
});
