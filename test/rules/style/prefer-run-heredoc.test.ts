import rule from '../../../server/src/rules/style/prefer-run-heredoc';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM x\nRUN a && b && c && d && e && f && g && h\n',
    'FROM a\nRUN b && c\n',
    'FROM a\nRUN <<EOF\na\nb\nc\nd\ne\nf\ng\nh\ni\nEOF\n',
  ],
  invalid: [
    {
      code: 'FROM x\nRUN a; b; c; d; e; f; g; h; i; j\n',
      findings: [{ messageId: 'chain', at: 'RUN', data: { count: 10 } }],
    },

    {
      code: 'FROM x\nRUN a && b && c && d && e && f && g && h && i\n',
      findings: [{ messageId: 'chain', at: 'RUN', data: { count: 9 } }],
    },
  ],
});
