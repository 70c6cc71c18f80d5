import rule from '../../../server/src/rules/correctness/curl-fail';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nRUN curl -fsSL b\n',
    'FROM a\nRUN curl --fail b\n',
    'FROM a\nRUN curl --version\n',
    'FROM a\nRUN curl -w "%{http_code}" b\n',
    'FROM a\nRUN x || curl b\n',
    'FROM a\nCMD curl b\n',
  ],
  invalid: [
    {
      code: 'FROM a\nRUN curl -sSL b | tar x\n',
      findings: [{ messageId: 'missing', at: 'curl' }],
      output: 'FROM a\nRUN curl -f -sSL b | tar x\n',
    },
    {
      code: 'FROM a\nRUN x && curl -O b\n',
      findings: [{ messageId: 'missing', at: 'curl' }],
      output: 'FROM a\nRUN x && curl -f -O b\n',
    },
  ],
});
