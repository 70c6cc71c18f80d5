import rule from '../../../server/src/rules/maintainability/no-legacy-env-format';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nENV b=c\n',
    'FROM a\nENV $(cat .env)\n',
    'FROM a\nENV b=\n',
    'FROM a\nENV b=c d="e f"\n',
    'FROM a\nARG b\n',
    'FROM a\nLABEL b=c\n',
    'FROM a\nENV b\n',
  ],
  invalid: [
    {
      code: 'FROM a\nENV b c\n',
      findings: [{ messageId: 'legacy', at: 'b c', data: { keyword: 'ENV', name: 'b' } }],
      output: 'FROM a\nENV b=c\n',
    },
    {
      code: 'FROM a\n  env  b   c d=$e\n',
      findings: [{ messageId: 'legacy', at: 'b   c d=$e' }],
      output: 'FROM a\n  env  b="c d=$e"\n',
    },
    {
      code: 'FROM a\nLABEL b "c d"\n',
      findings: [{ messageId: 'legacy', at: 'b "c d"' }],
      output: 'FROM a\nLABEL b="c d"\n',
    },
    { code: 'FROM a\nENV b c "d" e\n', findings: [{ messageId: 'legacy', at: 'b c "d" e' }] },
    { code: "FROM a\nENV b it's\n", findings: [{ messageId: 'legacy', at: "b it's" }] },
    { code: 'FROM a\nENV b c \\\n  d\n', findings: [{ messageId: 'legacy', at: 'b c \\\n  d' }], escape: false },
    { code: 'FROM a\nENV b c\\ d\n', findings: [{ messageId: 'legacy', at: 'b c\\ d' }], escape: false },
  ],
});
