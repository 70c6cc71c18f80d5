import rule from '../../../server/src/rules/correctness/no-invalid-image-reference';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a AS b\nFROM c\nCOPY --from=B /d /e\nCOPY --from=0 /d /e\nCOPY --from=f:1 /d /e\nCOPY --from=$G /d /e\n',
    'FROM a\n',
    'FROM localhost:5000/a/b:c\n',
    'FROM $A\n',
    'FROM a AS b\nFROM B\n',
    'FROM {{ image }}\n',
    'FROM a@sha256:0123456789012345678901234567890123456789012345678901234567890123\n',
  ],
  invalid: [
    { code: 'FROM a\nCOPY --from=^b /c /d\n', findings: [{ messageId: 'invalid', at: '^b' }] },
    { code: 'FROM a\nRUN --mount=from=B:c:d,target=/e f\n', findings: [{ messageId: 'invalid', at: 'B:c:d' }] },
    { code: 'FROM Python:3.12\n', findings: [{ messageId: 'invalid', at: 'Python:3.12' }] },
    { code: 'FROM :latest\n', findings: [{ messageId: 'invalid', at: ':latest' }] },
    { code: 'FROM a:b:c\n', findings: [{ messageId: 'invalid', at: 'a:b:c' }] },
    { code: 'FROM a//b AS c\n', findings: [{ messageId: 'invalid', at: 'a//b' }] },
  ],
});
