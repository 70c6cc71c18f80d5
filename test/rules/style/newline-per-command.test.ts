import rule from '../../../server/src/rules/style/newline-per-command';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  escape: false,
  valid: [
    'FROM a\nRUN b && c\n',
    'FROM a\nRUN b && \\\n  c\n',
    'FROM a\nRUN b \\\n  c; d\n',
    'FROM a\nRUN (b && c) && \\\n  d\n',
  ],
  invalid: [
    {
      code: 'FROM a\nRUN b && c && \\\n  d\n',
      findings: [{ messageId: 'shared', at: '&&' }],
      output: 'FROM a\nRUN b && \\\n  c && \\\n  d\n',
    },

    {
      code: 'FROM a\nRUN b && c && \\\n  d && e\n',
      findings: [{ messageId: 'shared', at: '&&' }],
      output: 'FROM a\nRUN b && \\\n  c && \\\n  d && \\\n  e\n',
    },
  ],
});
