import rule from '../../../server/src/rules/correctness/no-dot-file-glob';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nCOPY . /b/\n',
    'FROM a\nCOPY .b* c.* /d/\n',
    'FROM a\nCOPY * /b/\nCOPY .* /b/\n',
    'FROM a\nCOPY .* * /b/\n',
  ],
  invalid: [
    {
      code: 'FROM a\nCOPY .* /b/\n',
      findings: [{ messageId: 'hidden', at: '.*', data: { pattern: '.*' } }],
      output: 'FROM a\nCOPY . /b/\n',
    },
    {
      code: 'FROM a\nADD ["b/.*", "/c/"]\n',
      findings: [{ messageId: 'hidden', at: '"b/.*"', data: { pattern: 'b/.*' } }],
      output: 'FROM a\nADD ["b/", "/c/"]\n',
    },
  ],
});
