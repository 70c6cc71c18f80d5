import rule from '../../../server/src/rules/correctness/no-invalid-port';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nEXPOSE 0 80/tcp 65535\n',
    'FROM a\nEXPOSE 40000-60000/tcp\n',
    'FROM a\nEXPOSE $PORT\n',
    'FROM a\nEXPOSE http\n',
  ],
  invalid: [
    {
      code: 'FROM a\nEXPOSE 80 65536/tcp\n',
      findings: [{ messageId: 'range', at: '65536/tcp', data: { port: '65536' } }],
    },
    { code: 'FROM a\nENV P=70000\nEXPOSE 60000-$P\n', findings: [{ messageId: 'range', at: '60000-$P' }] },
  ],
});
