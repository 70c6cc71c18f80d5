import rule from '../../../server/src/rules/style/no-trailing-whitespace';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: ['', 'FROM a\n', 'FROM a\nRUN <<E\nb  \nE\n', 'FROM a\nRUN echo \\\\  \n', 'FROM a\nONBUILD RUN <<E\nb \nE\n'],
  invalid: [
    {
      code: 'FROM a\t\nRUN b \\\n  # c   \n  d\nCMD e',
      findings: [
        { messageId: 'trailing', at: '\t' },
        { messageId: 'trailing', at: '   ' },
      ],
      output: 'FROM a\nRUN b \\\n  # c\n  d\nCMD e',
    },
    {
      code: 'FROM a\nRUN b \\  \n  && c\n',
      findings: [{ messageId: 'trailing', at: '  ' }],
      output: 'FROM a\nRUN b \\\n  && c\n',
    },
  ],
});
