import rule from '../../../server/src/rules/correctness/no-expose-host-port';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: ['FROM a\nEXPOSE 80/tcp 90-91\n', 'FROM a\nEXPOSE $A:$B\n', 'FROM a\nRUN echo 80:80\n'],
  invalid: [
    {
      code: 'FROM a\nEXPOSE 6006:6006 80\n',
      findings: [{ messageId: 'host', at: '6006:6006' }],
      output: 'FROM a\nEXPOSE 6006 80\n',
    },
    {
      code: 'FROM a\nEXPOSE 127.0.0.1:80:81/udp\n',
      findings: [{ messageId: 'host', at: '127.0.0.1:80:81/udp' }],
      output: 'FROM a\nEXPOSE 81/udp\n',
    },
  ],
});
