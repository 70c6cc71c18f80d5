import rule from '../../../server/src/rules/security/no-insecure-curl';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nRUN curl -fsSL https://x\n',
    'FROM a\nRUN echo curl -k\n',
    'FROM a\nRUN curl -o k -H "-k" https://x\n',
    'FROM a\nCMD curl -k https://x\n',
    'FROM a\nRUN wget -k https://x\n',
  ],
  invalid: [
    {
      code: 'FROM a\nRUN curl -k https://x\n',
      findings: [{ messageId: 'off', at: '-k' }],
      output: 'FROM a\nRUN curl https://x\n',
    },
    {
      code: 'FROM a\nRUN b && curl -Lkv https://x\n',
      findings: [{ messageId: 'off', at: '-Lkv' }],
      output: 'FROM a\nRUN b && curl -Lv https://x\n',
    },
    {
      code: 'FROM a\nRUN curl \\\n  --insecure \\\n  https://x\n',
      findings: [{ messageId: 'off', at: '--insecure' }],
      escape: false,
    },
  ],
});
