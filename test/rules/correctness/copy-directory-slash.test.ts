import rule from '../../../server/src/rules/correctness/copy-directory-slash';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nCOPY b c\n',
    'FROM a\nCOPY b c d/\n',
    'FROM a\nCOPY b c "d/"\n',
    'FROM a\nCOPY b c .\n',
    'FROM a\nCOPY b c $D\n',
    'FROM a\nCOPY ["b c", "d"]\n',
    `FROM a\nCOPY b c '"`,
    'FROM a\nCOPY b c "',
  ],
  invalid: [
    {
      code: 'FROM a\nCOPY --from=x b c /d\n',
      findings: [{ messageId: 'slash', at: '/d' }],
      output: 'FROM a\nCOPY --from=x b c /d/\n',
    },
    {
      code: 'FROM a\nADD ["b", "c", "d e"]\n',
      findings: [{ messageId: 'slash', at: '"d e"' }],
      output: 'FROM a\nADD ["b", "c", "d e/"]\n',
    },
    {
      code: 'FROM a\nCOPY b \\\n  c \\\n  d',
      findings: [{ messageId: 'slash', at: 'd' }],
      output: 'FROM a\nCOPY b \\\n  c \\\n  d/',
    },
  ],
});
