import rule from '../../../server/src/rules/correctness/no-space-before-equals';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: ['FROM a\nENV b=c\n', 'FROM a\nENV b "=c"\n', 'FROM a\nLABEL b $C\n', 'FROM a\nENV b c=d\n'],
  invalid: [
    { code: 'FROM a\nENV b =c\n', findings: [{ messageId: 'space', at: 'b =c' }], output: 'FROM a\nENV b=c\n' },
    { code: 'FROM a\nLABEL b = c\n', findings: [{ messageId: 'space', at: 'b = c' }], output: 'FROM a\nLABEL b=c\n' },
  ],
});
