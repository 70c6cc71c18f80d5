import rule from '../../../server/src/rules/correctness/no-multiple-healthcheck';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nHEALTHCHECK CMD b\n',
    'FROM a\nHEALTHCHECK CMD b\nFROM c\nHEALTHCHECK NONE\n',
    'FROM a\nONBUILD HEALTHCHECK CMD b\nHEALTHCHECK CMD c\n',
  ],
  invalid: [
    {
      code: 'FROM a\nHEALTHCHECK NONE\nHEALTHCHECK CMD b\nHEALTHCHECK CMD c\n',
      findings: [
        { messageId: 'dead', at: 'HEALTHCHECK NONE' },
        { messageId: 'dead', at: 'HEALTHCHECK CMD b' },
      ],
      output: 'FROM a\nHEALTHCHECK CMD c\n',
    },

    {
      code: 'FROM a\nHEALTHCHECK CMD b\nRUN c\nHEALTHCHECK NONE\n',
      findings: [{ messageId: 'dead', at: 'HEALTHCHECK CMD b' }],
      output: 'FROM a\nRUN c\nHEALTHCHECK NONE\n',
    },
  ],
});
