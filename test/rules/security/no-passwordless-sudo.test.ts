import rule from '../../../server/src/rules/security/no-passwordless-sudo';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nRUN echo "b ALL=(ALL) NOPASSWD: /usr/sbin/c" > /etc/sudoers.d/b\n',
    'FROM a\nRUN echo "b ALL=(ALL) ALL" > /etc/sudoers.d/b\n',
    'FROM a\nRUN grep "NOPASSWD: ALL" /etc/sudoers\n',
    'FROM a\nRUN useradd b\n',
  ],
  invalid: [
    {
      code: 'FROM a\nRUN echo "b ALL=(ALL) NOPASSWD: ALL" >> /etc/sudoers\n',
      findings: [{ messageId: 'anything', at: '"b ALL=(ALL) NOPASSWD: ALL"' }],
    },
    {
      code: 'FROM a\nRUN a && sed -i "s/^%sudo.*/%sudo ALL=NOPASSWD:ALL/" /etc/sudoers\n',
      findings: [{ messageId: 'anything', at: '"s/^%sudo.*/%sudo ALL=NOPASSWD:ALL/"' }],
    },
    {
      code: 'FROM a\nRUN echo %sudo ALL=NOPASSWD: ALL >> /etc/sudoers\n',
      findings: [{ messageId: 'anything', at: '%sudo' }],
    },
  ],
});
