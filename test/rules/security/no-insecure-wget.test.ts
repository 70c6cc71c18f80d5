import rule from '../../../server/src/rules/security/no-insecure-wget';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nRUN wget -q https://x\n',
    'FROM a\nRUN echo --no-check-certificate\n',
    'FROM a\nCMD wget --no-check-certificate https://x\n',
  ],
  invalid: [
    {
      code: 'FROM a\nRUN b && wget https://x --no-check-certificate\n',
      findings: [{ messageId: 'off', at: '--no-check-certificate' }],
      output: 'FROM a\nRUN b && wget https://x\n',
    },

    {
      code: 'FROM a\nRUN wget -q --no-check-certificate -O b https://x\n',
      findings: [{ messageId: 'off', at: '--no-check-certificate' }],
      output: 'FROM a\nRUN wget -q -O b https://x\n',
    },
  ],
});
