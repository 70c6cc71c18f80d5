import rule from '../../../server/src/rules/security/no-user-group';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: ['FROM a\nUSER $B\n', 'FROM a\nUSER b\n', 'FROM a\nUSER 1000:1000\n'],
  invalid: [
    { code: 'FROM a\nUSER 1000:c\nRUN b\nUSER c:1000\n', findings: [{ messageId: 'group', at: 'c:1000' }] },
    { code: 'FROM a\nUSER b:c\n', findings: [{ messageId: 'group', at: 'b:c' }] },
  ],
});
