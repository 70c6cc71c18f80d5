import rule from '../../../server/src/rules/correctness/no-invalid-onbuild';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nONBUILD RUN b\n',
    'FROM a\nONBUILD USER from\n',
    'FROM a\nRUN onbuild from\n',
    'FROM a\nONBUILD COPY --from=b /c /d\n',
  ],
  invalid: [
    {
      code: 'FROM a\nONBUILD FROM b\n',
      findings: [{ messageId: 'trigger', at: ['FROM', 2], data: { keyword: 'FROM' } }],
    },
    { code: 'FROM a\nONBUILD ONBUILD RUN b\n', findings: [{ messageId: 'trigger', at: ['ONBUILD', 2] }] },
    {
      code: 'FROM a\nonbuild maintainer b\n',
      findings: [{ messageId: 'trigger', at: 'maintainer', data: { keyword: 'MAINTAINER' } }],
    },
  ],
});
