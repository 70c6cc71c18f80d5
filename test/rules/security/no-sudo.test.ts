import rule from '../../../server/src/rules/security/no-sudo';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM debian:12\nRUN apt-get install -y sudo\n',
    'FROM debian:12\nRUN echo "sudo is not run"\n',
    'FROM debian:12\nRUN usermod -aG sudo app\n',
    'FROM debian:12\nCOPY sudo /etc/sudoers.d/\n',
  ],
  invalid: [
    {
      code: 'FROM debian:13\nRUN sudo -u www-data composer install\n',
      findings: [{ messageId: 'sudo', at: 'sudo' }],
    },
    {
      code: 'FROM debian:12\nRUN sudo apt-get update && sudo apt-get upgrade -y\n',
      findings: [
        { messageId: 'sudo', at: ['sudo', 1] },
        { messageId: 'sudo', at: ['sudo', 2] },
      ],
      output: 'FROM debian:12\nRUN apt-get update && apt-get upgrade -y\n',
    },
    {
      code: 'FROM debian:12\nRUN sudo -u postgres createdb app\n',
      findings: [{ messageId: 'sudo', at: 'sudo' }],
      output: null,
    },
    {
      code: 'FROM debian:12\nRUN sudo A=1 make install\n',
      findings: [{ messageId: 'sudo', at: 'sudo' }],
      output: null,
    },
    {
      code: 'FROM debian:12\nUSER app\nRUN sudo apt-get update\n',
      findings: [{ messageId: 'sudo', at: 'sudo' }],
      output: null,
    },
    {
      code: 'FROM team/base:1\nRUN sudo apt-get update\n',
      findings: [{ messageId: 'sudo', at: 'sudo' }],
      output: null,
    },
    {
      code: 'FROM debian:12\nCMD sudo service start\n',
      findings: [{ messageId: 'sudo', at: 'sudo' }],
      output: null,
    },
  ],
});
