import rule from '../../../server/src/rules/security/no-privileged-port';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nEXPOSE 80\n',
    'FROM a\nEXPOSE 8080\nUSER b\n',
    'FROM a\nUSER b\nEXPOSE $C\n',
    'FROM a\nUSER 0\nEXPOSE 80\n',
  ],
  invalid: [
    {
      code: 'FROM a AS x\nUSER 1000\nFROM x\nEXPOSE 1023 1024 0\n',
      findings: [{ messageId: 'low', at: '1023', data: { user: '1000', port: 1023 } }],
      onbuild: false,
    },

    {
      code: 'FROM a\nARG P=443\nEXPOSE 80/tcp $P 8080\nUSER b\n',
      findings: [
        { messageId: 'low', at: '80/tcp', data: { user: 'b', port: 80 } },
        { messageId: 'low', at: '$P' },
      ],
      onbuild: false,
    },
  ],
});
