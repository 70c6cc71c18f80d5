import rule from '../../../server/src/rules/style/no-multiple-blank-lines';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: ['', '\nFROM a\n', 'FROM a\n\nRUN b\n\n# c\n', 'FROM a\nRUN <<E\nb\n\n\nc\nE\n', 'FROM a\nRUN b \\\n\n  c\n'],
  invalid: [
    {
      code: 'FROM a\n\n\n\nRUN b\n',
      findings: [{ messageId: 'blank', at: ['\n\n', 3], data: { count: 3 } }],
      output: 'FROM a\n\nRUN b\n',
    },
    {
      code: 'FROM a\nRUN b \\\n\n\n  c\n',
      findings: [{ messageId: 'blank', at: ['\n', 4] }],
      output: 'FROM a\nRUN b \\\n\n  c\n',
      escape: false,
    },
  ],
});
