import rule from '../../../server/src/rules/security/no-password-in-image';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nRUN echo "b:$(openssl rand -base64 12)" | chpasswd\n',
    'FROM a\nRUN passwd -d b\n',
    'FROM a\nRUN echo chpasswd\n',
    'FROM a\nCMD chpasswd < /run/secrets/b\n',
    'FROM a\nRUN useradd b\n',
  ],
  invalid: [
    { code: "FROM a\nRUN echo 'b:c' | chpasswd\n", findings: [{ messageId: 'password', at: 'chpasswd' }] },
    { code: 'FROM a\nRUN echo b | passwd --stdin root\n', findings: [{ messageId: 'password', at: 'passwd' }] },
  ],
});
