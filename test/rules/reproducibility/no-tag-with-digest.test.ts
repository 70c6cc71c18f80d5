import rule from '../../../server/src/rules/reproducibility/no-tag-with-digest';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: ['FROM a:1\n', `FROM a@sha256:${'0'.repeat(64)}\n`, 'FROM a\n', 'FROM $A\n'],
  invalid: [
    {
      code: `FROM a:1@sha256:${'0'.repeat(64)} AS b\n`,
      findings: [{ messageId: 'both', at: `a:1@sha256:${'0'.repeat(64)}` }],
    },
  ],
});
