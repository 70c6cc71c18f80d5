import rule from '../../../server/src/rules/correctness/valid-escape-directive';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: ['# escape=\\\nFROM a\n', '# syntax=b\n# escape=`\nFROM a\n', 'FROM a\n# escape=x\n'],
  invalid: [
    {
      code: '# escape=|\nFROM a\n',
      findings: [{ messageId: 'value', at: '# escape=|' }],
      onbuild: false,
      escape: false,
    },
    {
      code: '# escape=`\n# escape=`\nFROM a\n',
      findings: [{ messageId: 'twice', at: ['# escape=`', 2] }],
      onbuild: false,
      escape: false,
    },
  ],
});
