import rule from '../../../server/src/rules/maintainability/require-stage-name';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: ['FROM a AS b\nFROM c AS d\nFROM e\n', 'FROM a\n', 'FROM a AS b\nFROM c\n'],
  invalid: [
    {
      code: 'FROM a AS stage-1\nFROM b\nFROM c\nCOPY --from=1 /d /d\n',
      findings: [{ messageId: 'unnamed', at: ['FROM', 2] }],
      output: 'FROM a AS stage-1\nFROM b AS stage-1-of-3\nFROM c\nCOPY --from=1 /d /d\n',
    },

    {
      code: 'FROM a\nFROM b\n',
      findings: [{ messageId: 'unnamed', at: 'FROM' }],
      output: 'FROM a AS stage-0\nFROM b\n',
    },
  ],
});
