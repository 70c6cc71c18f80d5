import rule from '../../../server/src/rules/style/from-as-casing';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  onbuild: false,
  valid: ['FROM a\n', 'FROM a AS b\n', 'from a as b\n', 'From a As b\n', 'FROM as\n'],
  invalid: [
    { code: 'FROM a as b\n', findings: [{ messageId: 'casing', at: 'as' }], output: 'FROM a AS b\n' },
    {
      code: 'from --platform=$X a \\\n  AS b\n',
      findings: [{ messageId: 'casing', at: 'AS', data: { as: 'AS', from: 'from', wanted: 'as' } }],
      output: 'from --platform=$X a \\\n  as b\n',
    },
  ],
});
