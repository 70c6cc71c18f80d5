import rule from '../../../server/src/rules/security/no-insecure-run';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: ['FROM a\nRUN --security=sandbox b\n', 'FROM a\nRUN b --security=insecure\n', 'FROM a\nRUN b\n'],
  invalid: [
    {
      code: 'FROM a\nRUN --mount=type=ssh --security=insecure b\nRUN --security=sandbox c\n',
      findings: [{ messageId: 'insecure', at: '--security=insecure' }],
    },

    { code: 'FROM a\nRUN --security=insecure b\n', findings: [{ messageId: 'insecure', at: '--security=insecure' }] },
  ],
});
