import rule from '../../../server/src/rules/security/prefer-vex-attestation';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: ['FROM a\nRUN b c.openvex.json\n', 'FROM a\nCOPY openvex/ /c/\n', 'FROM a\nCOPY b.json /\n'],
  invalid: [
    { code: 'FROM a\nADD x b.vex.json /c/\n', findings: [{ messageId: 'copied', at: 'b.vex.json' }] },
    { code: 'FROM a\nCOPY b.openvex.json /c/\n', findings: [{ messageId: 'copied', at: 'b.openvex.json' }] },
  ],
});
