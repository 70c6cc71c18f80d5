import rule from '../../../server/src/rules/security/no-pipe-to-shell';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nRUN curl x | tar xz\n',
    'FROM a\nRUN cat x | sh\n',
    'FROM a\nRUN curl -o x y && sh x\n',
    'FROM a\nCMD curl x | sh\n',
  ],
  invalid: [
    {
      code: 'FROM a\nRUN b && curl x | bash -s -- y\n',
      findings: [{ messageId: 'pipe', at: 'curl x | bash -s -- y' }],
    },
    { code: 'FROM a\nRUN wget -qO- x | sudo sh\n', findings: [{ messageId: 'pipe', at: 'wget -qO- x | sudo sh' }] },
  ],
});
