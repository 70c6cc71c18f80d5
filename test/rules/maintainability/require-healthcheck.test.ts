import rule from '../../../server/src/rules/maintainability/require-healthcheck';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: ['FROM a\nHEALTHCHECK NONE\n', 'FROM a AS b\nHEALTHCHECK CMD c\nFROM b\n', ''],
  invalid: [
    { code: 'FROM a AS b\nHEALTHCHECK CMD c\nFROM a\n', findings: [{ messageId: 'missing', at: ['FROM', 2] }] },
    { code: 'FROM a\nONBUILD HEALTHCHECK CMD b\n', findings: [{ messageId: 'missing', at: 'FROM' }] },
  ],
});
