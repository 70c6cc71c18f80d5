import rule from '../../../server/src/rules/maintainability/no-duplicate-label';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nLABEL b=c d e=f\nLABEL b=g\n',
    'FROM a\nLABEL b=1 c=2\n',
    'FROM a\nLABEL b=1\nFROM c\nLABEL b=2\n',
    'FROM a\nONBUILD LABEL b=1\nLABEL b=2\n',
  ],
  invalid: [
    {
      code: 'FROM a\nLABEL b=1\nRUN c\nLABEL b=2\n',
      findings: [{ messageId: 'twice', at: 'b=1' }],
      output: 'FROM a\nRUN c\nLABEL b=2\n',
    },
    {
      code: 'FROM a\nLABEL d=0 b=1 b=2\n',
      findings: [{ messageId: 'twice', at: 'b=1' }],
      output: 'FROM a\nLABEL d=0 b=2\n',
    },
  ],
});
