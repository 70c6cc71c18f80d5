import rule from '../../../server/src/rules/correctness/no-multiple-entrypoint';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nENTRYPOINT b\n',
    'FROM a\nENTRYPOINT b\nCMD c\n',
    'FROM a AS x\nENTRYPOINT b\nFROM x\nENTRYPOINT c\n',
    'FROM a\nONBUILD ENTRYPOINT b\nENTRYPOINT c\n',
    'FROM a\n# ENTRYPOINT b\nENTRYPOINT c\n',
  ],
  invalid: [
    {
      code: 'FROM a\nENTRYPOINT ["b"]\n\nRUN c\nENTRYPOINT d\n',
      findings: [{ messageId: 'dead', at: 'ENTRYPOINT ["b"]' }],
      output: 'FROM a\n\nRUN c\nENTRYPOINT d\n',
    },
    {
      code: 'FROM a\n  ENTRYPOINT b \\\n    c\nENTRYPOINT d\nENTRYPOINT e',
      findings: [
        { messageId: 'dead', at: 'ENTRYPOINT b \\\n    c' },
        { messageId: 'dead', at: 'ENTRYPOINT d' },
      ],
      output: 'FROM a\nENTRYPOINT e',
      escape: false,
    },
    {
      name: 'a comment inside keeps it',
      code: 'FROM a\nENTRYPOINT b \\\n  # why\n  c\nENTRYPOINT d\n',
      findings: [{ messageId: 'dead', at: 'ENTRYPOINT b \\\n  # why\n  c' }],
      escape: false,
    },
  ],
});
