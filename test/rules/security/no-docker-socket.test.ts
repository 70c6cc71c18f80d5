import rule from '../../../server/src/rules/security/no-docker-socket';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nVOLUME /b\n',
    'FROM a\nRUN stat -c %g /var/run/docker.sock\n',
    'FROM a\n# /var/run/docker.sock\n',
    'FROM a\nENV DOCKER_HOST=unix:///var/run/docker.sock\n',
  ],
  invalid: [
    {
      code: 'FROM a\nVOLUME ["/var/run/docker.sock"]\n',
      findings: [{ messageId: 'socket', at: '/var/run/docker.sock' }],
    },
    { code: 'FROM a\nRUN chmod 666 /run/docker.sock\n', findings: [{ messageId: 'socket', at: '/run/docker.sock' }] },
  ],
});
