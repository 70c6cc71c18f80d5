import rule from '../../../server/src/rules/maintainability/require-expose';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: ['FROM a\nEXPOSE 80\nCMD b\n', 'FROM a\n', 'FROM a AS b\nEXPOSE 80\nFROM b\nCMD c\n'],
  invalid: [
    {
      code: 'FROM a AS x\nEXPOSE 80\nFROM b\nENTRYPOINT ["c"]\nCMD ["d"]\n',
      findings: [{ messageId: 'missing', at: 'CMD' }],
      onbuild: false,
    },
    { code: 'FROM a\nCMD b\n', findings: [{ messageId: 'missing', at: 'CMD' }], onbuild: false },
  ],
});
