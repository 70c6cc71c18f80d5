import rule from '../../../server/src/rules/correctness/no-unsupported-modifier';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nENV B=${C:-d} E=${F:+g} H=${I-j} K=${L#m} N=${O//p/q}\n',
    'FROM a\nRUN b ${C:=d}\n',
    'FROM a\nENV B=\\${C:=d}\n',
  ],
  invalid: [
    { code: 'FROM a\nENV B=${C:=d}\n', findings: [{ messageId: 'modifier', at: ':=' }] },
    { code: 'FROM a\nUSER ${C^^}\n', findings: [{ messageId: 'modifier', at: '^' }] },
  ],
});
