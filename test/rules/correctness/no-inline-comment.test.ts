import rule from '../../../server/src/rules/correctness/no-inline-comment';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  escape: false,
  valid: [
    'FROM a\nRUN b # c\n',
    'FROM a\nCMD b # c\n',
    'FROM a\nRUN [ -f b ] # c\n',
    'FROM a\nENV B="c # d" E=f#g\n',
    'FROM a\nENV COLOR #fff\n',
    'FROM a\nENV B=c \\\n # d\n E=f\n',
    'FROM a\nCOPY #b# /c\n',
    'FROM a\nLABEL b="#c"\n',
    'FROM a\nWORKDIR /b#c\n',
    'FROM a\nCMD ["b", "# c"]\n',
  ],
  invalid: [
    {
      code: 'FROM a # b\n',
      findings: [{ messageId: 'found', at: '# b', data: { keyword: 'FROM' }, severity: 'error' }],
      output: '# b\nFROM a\n',
    },
    {
      code: 'FROM a\nCOPY b c /d/ # e\n',
      findings: [{ messageId: 'found', at: '# e' }],
      output: 'FROM a\n# e\nCOPY b c /d/\n',
    },
    {
      code: 'FROM a\nENV B=c \\\n  D=e # f \\\n  G=h\n',
      findings: [{ messageId: 'found', at: '# f', severity: 'error' }],
      output: 'FROM a\n# f\nENV B=c \\\n  D=e \\\n  G=h\n',
    },
    {
      code: 'FROM a\nWORKDIR /b # c\n',
      findings: [{ messageId: 'found', at: '# c', severity: 'warning' }],
      output: 'FROM a\n# c\nWORKDIR /b\n',
    },
    {
      code: 'FROM a\nENTRYPOINT ["b"] # c\n',
      findings: [{ messageId: 'found', at: '# c', severity: 'warning' }],
      output: 'FROM a\n# c\nENTRYPOINT ["b"]\n',
    },
    {
      code: 'FROM a\nHEALTHCHECK NONE # c\n',
      findings: [{ messageId: 'found', at: '# c', severity: 'error' }],
      output: 'FROM a\n# c\nHEALTHCHECK NONE\n',
    },
    {
      code: 'FROM a\nARG B=c #d e\n',
      findings: [{ messageId: 'found', at: '#d e', severity: 'warning' }],
      output: 'FROM a\n#d e\nARG B=c\n',
    },
    {
      code: 'FROM a\nEXPOSE 80 # web\n',
      findings: [{ messageId: 'found', at: '# web', severity: 'error' }],
      output: 'FROM a\n# web\nEXPOSE 80\n',
    },
  ],
});
