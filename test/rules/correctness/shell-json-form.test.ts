import rule from '../../../server/src/rules/correctness/shell-json-form';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: ['FROM a\nSHELL ["b"]\n', 'FROM a\nSHELL ["b", "-c"]\n', "FROM a\nSHELL ['b']\n"],
  invalid: [
    {
      code: 'FROM a\nSHELL bash -ec\n',
      findings: [{ messageId: 'form', at: 'bash -ec' }],
      output: 'FROM a\nSHELL ["bash", "-ec"]\n',
    },
    { code: 'FROM a\nSHELL []\n', findings: [{ messageId: 'empty', at: '[]' }] },
    { code: 'FROM a\nSHELL "b c"\n', findings: [{ messageId: 'form', at: '"b c"' }] },
  ],
});
