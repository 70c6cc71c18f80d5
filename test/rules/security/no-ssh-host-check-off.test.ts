import rule from '../../../server/src/rules/security/no-ssh-host-check-off';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nRUN echo "StrictHostKeyChecking yes" >> /etc/ssh/ssh_config\n',
    'FROM a\nRUN ssh -o StrictHostKeyChecking=accept-new b\n',
    'FROM a\nRUN sed -i "s/StrictHostKeyChecking no/StrictHostKeyChecking yes/" /etc/ssh/ssh_config\n',
    'FROM a\nRUN ssh-keyscan github.com >> /etc/ssh/ssh_known_hosts\n',
  ],
  invalid: [
    {
      code: 'FROM a\nRUN echo "StrictHostKeyChecking no" >> /etc/ssh/ssh_config\n',
      findings: [{ messageId: 'off', at: '"StrictHostKeyChecking no"', data: { setting: 'StrictHostKeyChecking no' } }],
    },
    {
      code: 'FROM a\nRUN GIT_SSH_COMMAND="ssh -o StrictHostKeyChecking=no" git clone b\n',
      findings: [{ messageId: 'off', at: 'GIT_SSH_COMMAND="ssh -o StrictHostKeyChecking=no"' }],
    },
    {
      code: 'FROM a\nENV GIT_SSH_COMMAND="ssh -o StrictHostKeyChecking=no"\n',
      findings: [{ messageId: 'off', at: 'GIT_SSH_COMMAND="ssh -o StrictHostKeyChecking=no"' }],
    },
    {
      code: 'FROM a\nRUN scp -o StrictHostKeyChecking=no b c:d\n',
      findings: [{ messageId: 'off', at: 'StrictHostKeyChecking=no' }],
    },
  ],
});
