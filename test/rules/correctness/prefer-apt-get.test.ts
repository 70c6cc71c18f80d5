import rule from '../../../server/src/rules/correctness/prefer-apt-get';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nRUN apt-get install -y b\n',
    'FROM a\nRUN echo apt install\n',
    'FROM a\nRUN rm -rf /var/lib/apt\n',
    'FROM a\nRUN ./apt install b\n',
    'FROM a\nCMD apt list\n',
  ],
  invalid: [
    {
      name: 'what apt-get does otherwise or calls otherwise',
      code: 'FROM a\nRUN apt -y upgrade && apt full-upgrade -y && apt dist-upgrade\n',
      findings: [
        { messageId: 'apt', at: 'apt' },
        { messageId: 'apt', at: ['apt', 2] },
        { messageId: 'apt', at: ['apt', 3] },
      ],
      output: 'FROM a\nRUN apt-get -y upgrade --with-new-pkgs && apt-get dist-upgrade -y && apt-get dist-upgrade\n',
    },
    {
      code: 'FROM a\nRUN apt update && \\\n  # why\n  sudo apt -y install b\n',
      findings: [
        { messageId: 'apt', at: 'apt' },
        { messageId: 'apt', at: ['apt', 2] },
      ],
      output: 'FROM a\nRUN apt-get update && \\\n  # why\n  sudo apt-get -y install b\n',
      escape: false,
    },
    {
      code: 'FROM a\nRUN apt search b; apt list\n',
      findings: [
        { messageId: 'apt', at: 'apt' },
        { messageId: 'apt', at: ['apt', 2] },
      ],
      output: 'FROM a\nRUN apt-cache search b; apt list\n',
    },
  ],
});
