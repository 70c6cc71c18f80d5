import rule from '../../../server/src/rules/style/sort-packages';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nRUN apt-get install -y b c\n',
    'FROM a\nRUN apt-get install -y c $B\n',
    'FROM a\nRUN apk add c ./b.apk\n',
    'FROM a\nRUN pip install c b\n',
    'FROM a\nRUN apk add c -t d b\n',
  ],
  invalid: [
    {
      code: 'FROM a\nRUN apk add --no-cache c b\n',
      findings: [{ messageId: 'unsorted', at: ['c', 3] }],
      output: 'FROM a\nRUN apk add --no-cache b c\n',
      name: 'two',
    },
    {
      code: 'FROM x\nRUN apt-get install -y \\\n    d \\\n    c=1 \\\n    e\n',
      findings: [{ messageId: 'unsorted', at: 'd' }],
      output: 'FROM x\nRUN apt-get install -y \\\n    c=1 \\\n    d \\\n    e\n',
      escape: false,
    },
  ],
});
