import rule from '../../../server/src/rules/style/lowercase-directive';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: ['# syntax=a\nFROM b\n', '# Text: escape=x\nFROM b\n', 'FROM b\n# ESCAPE=x\n', '#!ESCAPE=`\nFROM b\n'],
  invalid: [
    {
      code: '# SYNTAX = a\nFROM b\n',
      findings: [{ messageId: 'casing', at: 'SYNTAX' }],
      output: '# syntax = a\nFROM b\n',
      escape: false,
    },
    {
      code: '#syntax=a\n#\tEscape=`\nFROM b\n',
      findings: [{ messageId: 'casing', at: 'Escape' }],
      output: '#syntax=a\n#\tescape=`\nFROM b\n',
      escape: false,
    },
  ],
});
