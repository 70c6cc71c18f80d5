import rule from '../../../server/src/rules/maintainability/no-duplicate-package';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nRUN apt-get install -y b c\n',
    'FROM a\nRUN apt-get install -y $B $B\n',
    'FROM a\nRUN apt-get install b && apt-get install b\n',
    'FROM a\nRUN apt-get remove b b\n',
  ],
  invalid: [
    {
      code: 'FROM a\nRUN apk add --no-cache b c b\n',
      findings: [{ messageId: 'twice', at: ['b', 2] }],
      output: 'FROM a\nRUN apk add --no-cache b c\n',
    },
    {
      code: 'FROM a\nRUN apt-get install -y \\\n    b \\\n    c \\\n    b \\\n    d\n',
      findings: [{ messageId: 'twice', at: ['b', 2] }],
      output: 'FROM a\nRUN apt-get install -y \\\n    b \\\n    c \\\n    d\n',
      escape: false,
    },
  ],
});
