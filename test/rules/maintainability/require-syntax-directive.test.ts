import rule from '../../../server/src/rules/maintainability/require-syntax-directive';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nRUN b --mount=type=ssh\n',
    '# syntax=docker/dockerfile:1\nFROM a\nCOPY --link b /c\n',
    'FROM a\nCOPY --from=b c /d\n',
  ],
  invalid: [
    {
      code: 'FROM a\nCOPY --link b /c\nRUN --mount=type=ssh d\n',
      findings: [{ messageId: 'missing', at: '--link' }],
      output: '# syntax=docker/dockerfile:1\nFROM a\nCOPY --link b /c\nRUN --mount=type=ssh d\n',
      escape: false,
    },
    {
      code: '# escape=`\nFROM a\nCOPY --link b /c\n',
      findings: [{ messageId: 'missing', at: '--link' }],
      output: '# escape=`\n# syntax=docker/dockerfile:1\nFROM a\nCOPY --link b /c\n',
      escape: false,
    },
  ],
});
