import rule from '../../../server/src/rules/maintainability/require-stage-name';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: ['FROM a\n', 'FROM a AS b\nFROM c\n'],
  invalid: [
    {
      code: 'FROM a\nFROM b\n',
      findings: [{ messageId: 'unnamed', at: 'FROM' }],
      output: 'FROM a AS stage-0\nFROM b\n',
    },
  ],
});
