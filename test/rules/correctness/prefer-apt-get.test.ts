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
