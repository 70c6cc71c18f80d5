import rule from '../../../server/src/rules/correctness/require-absolute-workdir';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  onbuild: false,
  valid: [
    'FROM a\nWORKDIR b\n',
    'FROM a\nWORKDIR /b\n',
    'FROM a\nWORKDIR "/b c"\n',
    'FROM a\nWORKDIR C:\\b\n',
    'FROM a\nWORKDIR "${B}/c"\n',
    'FROM a\nWORKDIR %APP%\n',
    'FROM a\nWORKDIR /x\nARG P=/b\nWORKDIR $P/c\nARG Q\nWORKDIR $Q\n',
    'FROM mcr.microsoft.com/windows/nanoserver:ltsc2022\nWORKDIR /x\nWORKDIR \\\\b\n',
  ],
  invalid: [
    {
      code: 'FROM a\nWORKDIR /x/\nRUN y\nWORKDIR ./b/c\n',
      findings: [{ messageId: 'relative', at: './b/c' }],
      output: 'FROM a\nWORKDIR /x/\nRUN y\nWORKDIR /x/b/c\n',
    },
    { code: "FROM a\nWORKDIR /x\nWORKDIR 'b/c'\n", findings: [{ messageId: 'relative', at: "'b/c'" }] },
    { code: 'FROM a\nWORKDIR /x\nWORKDIR ../b\n', findings: [{ messageId: 'relative', at: '../b' }] },
    {
      code: 'FROM a\nWORKDIR /x\nARG P=b/c\nWORKDIR ${P}\nWORKDIR "%APP"\n',
      findings: [
        { messageId: 'relative', at: '${P}' },
        { messageId: 'relative', at: '"%APP"' },
      ],
    },
    { code: 'FROM a\nWORKDIR $X\nWORKDIR b\n', findings: [{ messageId: 'relative', at: 'b' }] },
  ],
});
