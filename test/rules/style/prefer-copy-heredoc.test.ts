import rule from '../../../server/src/rules/style/prefer-copy-heredoc';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nRUN echo b\n',
    'FROM a\nRUN echo $B > /c\n',
    'FROM a\nRUN echo b >> /c\n',
    'FROM a\nRUN echo b > /dev/null\n',
    'FROM a\nRUN echo b | tee /c\n',
  ],
  invalid: [
    {
      code: 'FROM a\nRUN echo b > /c && echo "d e" > /f\n',
      findings: [
        { messageId: 'echo', at: 'echo b > /c' },
        { messageId: 'echo', at: 'echo "d e" > /f' },
      ],
    },
    { code: "FROM a\nRUN x && printf 'b' > /c\n", findings: [{ messageId: 'echo', at: "printf 'b' > /c" }] },
  ],
});
