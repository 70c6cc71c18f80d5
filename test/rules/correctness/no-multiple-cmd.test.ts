import rule from '../../../server/src/rules/correctness/no-multiple-cmd';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nCMD b\n',
    'FROM a\nENTRYPOINT b\nCMD c\n',
    'FROM a AS x\nCMD b\nFROM x\nCMD c\n',
    'FROM a\nONBUILD CMD b\nCMD c\n',
    'FROM a\n# CMD b\nCMD c\n',
  ],
  invalid: [
    {
      code: 'FROM a\nCMD ["b"]\n\nRUN c\nCMD d\n',
      findings: [{ messageId: 'dead', at: 'CMD ["b"]' }],
      output: 'FROM a\n\nRUN c\nCMD d\n',
    },
    {
      code: 'FROM a\n  CMD b \\\n    c\nCMD d\nCMD e',
      findings: [
        { messageId: 'dead', at: 'CMD b \\\n    c' },
        { messageId: 'dead', at: 'CMD d' },
      ],
      output: 'FROM a\nCMD e',
      escape: false,
    },
    {
      name: 'a comment inside keeps it',
      code: 'FROM a\nCMD b \\\n  # why\n  c\nCMD d\n',
      findings: [{ messageId: 'dead', at: 'CMD b \\\n  # why\n  c' }],
      escape: false,
    },
  ],
});
