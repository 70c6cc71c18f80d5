import rule from '../../../server/src/rules/correctness/no-invalid-image-reference';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\n',
    'FROM localhost:5000/a/b:c\n',
    'FROM $A\n',
    'FROM a AS b\nFROM B\n',
    'FROM {{ image }}\n',
    'FROM a@sha256:0123456789012345678901234567890123456789012345678901234567890123\n',
  ],
  invalid: [
    { code: 'FROM Python:3.12\n', findings: [{ messageId: 'invalid', at: 'Python:3.12' }] },
    { code: 'FROM :latest\n', findings: [{ messageId: 'invalid', at: ':latest' }] },
    { code: 'FROM a:b:c\n', findings: [{ messageId: 'invalid', at: 'a:b:c' }] },
    { code: 'FROM a//b AS c\n', findings: [{ messageId: 'invalid', at: 'a//b' }] },
  ],
});
