import rule from '../../../server/src/rules/style/epilogue-order';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: ['FROM a\nENTRYPOINT b\nCMD c\n', 'FROM a\nCMD b\nRUN c\n', 'FROM a\nCMD b\n'],
  invalid: [
    {
      code: 'FROM a\nCMD ["b"]\n\nHEALTHCHECK NONE\nENTRYPOINT ["c"]\n',
      findings: [{ messageId: 'order', at: 'CMD' }],
      output: 'FROM a\nHEALTHCHECK NONE\n\nENTRYPOINT ["c"]\nCMD ["b"]\n',
      onbuild: false,
    },
    { code: 'FROM a\nCMD b\n# why\nENTRYPOINT c\n', findings: [{ messageId: 'order', at: 'CMD' }], onbuild: false },
  ],
});
