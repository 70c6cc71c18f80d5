import rule from '../../../server/src/rules/style/indent-continuation-lines';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  escape: false,
  valid: ['FROM a\nRUN b \\\n  && c\n', 'FROM a\nRUN b "c \\\nd"\n', 'FROM a\nRUN <<EOF\nb\nEOF\n'],
  invalid: [
    {
      code: 'FROM a\nRUN b && \\\nc\nRUN d \\\n  e \\\nf\n',
      findings: [
        { messageId: 'flat', at: 'c' },
        { messageId: 'flat', at: ['f', 1] },
      ],
      output: 'FROM a\nRUN b && \\\n    c\nRUN d \\\n  e \\\n    f\n',
    },

    {
      code: 'FROM a\nRUN b \\\nc \\\n&& d\n',
      findings: [{ messageId: 'flat', at: 'c' }],
      output: 'FROM a\nRUN b \\\n    c \\\n    && d\n',
    },
  ],
});
