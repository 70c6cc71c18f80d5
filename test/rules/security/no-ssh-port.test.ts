import rule from '../../../server/src/rules/security/no-ssh-port';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nEXPOSE 8080 2222\n',
    'FROM a\nEXPOSE 22/udp\n',
    'FROM a\nEXPOSE $PORT\n',
    'FROM a\nRUN echo EXPOSE 22\n',
    'FROM a\nEXPOSE 30-40\n',
  ],
  invalid: [
    { code: 'FROM a\nEXPOSE 20-30 80\n', findings: [{ messageId: 'ssh', at: '20-30' }], output: null },
    {
      code: 'FROM a\nEXPOSE 22\nRUN b\n',
      findings: [{ messageId: 'ssh', at: '22', data: { port: '22', service: 'SSH' } }],
      output: 'FROM a\nRUN b\n',
      onbuild: false,
    },
    {
      code: 'FROM a\nEXPOSE 80 22/tcp 443\n',
      findings: [{ messageId: 'ssh', at: '22/tcp' }],
      output: 'FROM a\nEXPOSE 80 443\n',
      onbuild: false,
    },
  ],
});
