import rule from '../../../server/src/rules/reproducibility/require-digest';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    `FROM a@sha256:${'0'.repeat(64)}\n`,
    'FROM scratch\n',
    'FROM $A\n',
    `FROM a@sha256:${'0'.repeat(64)} AS b\nFROM b\n`,
  ],
  invalid: [
    {
      code: 'ARG T=1\nFROM a:$T\nFROM scratch\nFROM b.org/c\n',
      findings: [
        { messageId: 'missing', at: 'a:$T' },
        { messageId: 'missing', at: 'b.org/c' },
      ],
    },

    {
      code: 'FROM a:1 AS b\nFROM b\nFROM c@sha256\n',
      findings: [
        { messageId: 'missing', at: 'a:1' },
        { messageId: 'missing', at: 'c@sha256' },
      ],
    },
  ],
});
