import rule from '../../../server/src/rules/correctness/no-invalid-port';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nEXPOSE 0 80/tcp 65535\n',
    'FROM a\nEXPOSE 40000-60000/tcp\n',
    'FROM a\nEXPOSE $PORT\n',
    'FROM a\nEXPOSE 53/UDP 80/ {{ port }}\n',
    'FROM a\nEXPOSE 80 # web\n',
  ],
  invalid: [
    { code: 'FROM a\nEXPOSE http\n', findings: [{ messageId: 'syntax', at: 'http', data: { port: 'http' } }] },
    {
      code: 'FROM a\nEXPOSE 80,443/tcp\n',
      findings: [{ messageId: 'syntax', at: '80,443/tcp' }],
      output: 'FROM a\nEXPOSE 80 443/tcp\n',
    },
    {
      code: 'FROM a\nEXPOSE 90-80/udp\n',
      findings: [{ messageId: 'order', at: '90-80/udp' }],
      output: 'FROM a\nEXPOSE 80-90/udp\n',
    },
    { code: 'FROM a\nEXPOSE 80/http\n', findings: [{ messageId: 'protocol', at: '80/http' }] },
    {
      code: 'FROM a\nEXPOSE 80 65536/tcp\n',
      findings: [{ messageId: 'range', at: '65536/tcp', data: { port: '65536' } }],
    },
    { code: 'FROM a\nENV P=70000\nEXPOSE 60000-$P\n', findings: [{ messageId: 'range', at: '60000-$P' }] },
  ],
});
