import rule from '../../../server/src/rules/correctness/no-empty-continuation';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  escape: false,
  valid: [
    'FROM a\nRUN b \\\n  c\n\nRUN d\n',
    'FROM a\nRUN <<E\nb \\\n\nc\nE\n',
    'FROM a\nRUN b \\\n  # c\n  d\n',
    'FROM a\n\nRUN b\n',
  ],
  invalid: [
    {
      // Two instructions that were to be.
      code: 'FROM a\nRUN rm b \\\n\nRUN c\n',
      findings: [{ messageId: 'empty', at: ['\n', 3] }],
      output: 'FROM a\nRUN rm b\n\nRUN c\n',
    },
    {
      code: 'FROM a\nRUN b \\\n\n  c\n',
      findings: [{ messageId: 'empty', at: ['\n', 3] }],
      output: 'FROM a\nRUN b \\\n  c\n',
    },
    {
      code: 'FROM a\nRUN b \\\n  # c\n \n  d\n',
      findings: [{ messageId: 'empty', at: [' \n', 1] }],
      output: 'FROM a\nRUN b \\\n  # c\n  d\n',
    },
  ],
});
