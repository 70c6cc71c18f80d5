import rule from '../../../server/src/rules/correctness/valid-argument-count';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nENV A b c\nENV B="c d" E=\nLABEL f=g\nARG H I=j\n',
    'FROM a\nENV A=b # c\n',
    'FROM a AS b\nCOPY c /d\nHEALTHCHECK NONE\nSTOPSIGNAL 9\n',
    'FROM a\nHEALTHCHECK CMD b\n',
    'FROM a\nHEALTHCHECK CMD ["b"]\n',
    'FROM a\nCOPY ["b", "/c"]\n',
  ],
  invalid: [
    { code: 'FROM a AS\n', findings: [{ messageId: 'alias', at: 'AS' }], output: 'FROM a\n' },
    { code: 'FROM a\nVOLUME ""\n', findings: [{ messageId: 'path', at: '""' }] },
    {
      code: 'FROM a\nHEALTHCHECK --retries=2 curl b\n',
      findings: [{ messageId: 'kind', at: 'curl' }],
      output: 'FROM a\nHEALTHCHECK --retries=2 CMD curl b\n',
    },
    {
      code: 'FROM a\rRUN b\rCMD c\r',
      name: 'lone CR are no line ends',
      findings: [{ messageId: 'extra', at: 'CMD' }],
      output: null,
      onbuild: false,
      escape: false,
    },
    {
      code: 'FROM a\nENV A=b C d E=f\n',
      findings: [{ messageId: 'noEquals', at: 'C', data: { keyword: 'ENV', word: 'C' } }],
      output: 'FROM a\nENV A="b C d" E=f\n',
    },
    {
      code: 'FROM a\nLABEL a="b" c\n',
      findings: [{ messageId: 'noEquals', at: ['c', 1] }],
    },
    { code: 'FROM a\nENV B\n', findings: [{ messageId: 'noValue', at: 'B' }] },
    { code: 'FROM a\nARG =b\n', findings: [{ messageId: 'noName', at: '=b' }] },
    { code: 'FROM a b\n', findings: [{ messageId: 'extra', at: 'b', data: { keyword: 'FROM' } }], output: 'FROM a\n' },
    {
      code: 'FROM a AS b c d \\\n  e f\n',
      findings: [{ messageId: 'extra', at: 'c' }],
      output: 'FROM a AS b \\\n  e f\n',
    },
    { code: 'FROM a\nCOPY --chown=b c\n', findings: [{ messageId: 'few', at: ['c', 2] }] },
    {
      code: 'FROM a\nHEALTHCHECK NONE b\n',
      findings: [{ messageId: 'extra', at: 'b' }],
      output: 'FROM a\nHEALTHCHECK NONE\n',
    },
    { code: 'FROM a\nHEALTHCHECK CMD\n', findings: [{ messageId: 'command', at: 'CMD' }] },
  ],
});
