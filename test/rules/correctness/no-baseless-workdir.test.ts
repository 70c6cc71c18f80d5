import rule from '../../../server/src/rules/correctness/no-baseless-workdir';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  onbuild: false,
  valid: [
    'FROM a\nWORKDIR /b\n',
    'FROM a\nWORKDIR $B\n',
    'FROM a\nWORKDIR c:\\b\n',
    'FROM a\nWORKDIR /b\nWORKDIR c\n',
    'FROM a AS x\nWORKDIR /b\nFROM x\nWORKDIR c\n',
  ],
  invalid: [
    {
      code: 'FROM a\nWORKDIR b/c\n',
      findings: [{ messageId: 'relative', at: 'b/c' }],
      output: 'FROM a\nWORKDIR /b/c\n',
    },
    {
      code: 'FROM a AS x\nWORKDIR /y\nFROM a\nWORKDIR ./b\n',
      findings: [{ messageId: 'relative', at: './b' }],
      output: 'FROM a AS x\nWORKDIR /y\nFROM a\nWORKDIR /b\n',
    },
    { code: "FROM a\nWORKDIR 'b'\n", findings: [{ messageId: 'relative', at: "'b'" }] },
  ],
});
