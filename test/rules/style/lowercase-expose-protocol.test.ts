import rule from '../../../server/src/rules/style/lowercase-expose-protocol';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: ['FROM a\nEXPOSE 80 81/tcp 82/udp\n', 'FROM a\nEXPOSE 80/$PROTO\n', 'FROM a\nEXPOSE 80/XYZ\n'],
  invalid: [
    {
      code: 'FROM a\nEXPOSE 8000-8010/UDP\n',
      findings: [{ messageId: 'casing', at: 'UDP' }],
      output: 'FROM a\nEXPOSE 8000-8010/udp\n',
    },

    {
      code: 'FROM a\nEXPOSE 80/TCP 81/uDp 82/tcp\n',
      findings: [
        { messageId: 'casing', at: 'TCP' },
        { messageId: 'casing', at: 'uDp' },
      ],
      output: 'FROM a\nEXPOSE 80/tcp 81/udp 82/tcp\n',
    },
  ],
});
