import rule from '../../../server/src/rules/correctness/no-invalid-stage-name';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  onbuild: false,
  valid: ['FROM a AS b-1_c.d\n', 'FROM a AS B\n', 'FROM a\n', 'FROM a AS $B\n'],
  invalid: [
    { code: 'FROM a AS 1b\n', findings: [{ messageId: 'invalid', at: '1b' }] },
    { code: 'FROM a AS b/c\n', findings: [{ messageId: 'invalid', at: 'b/c' }] },
  ],
});
