import rule from '../../../server/src/rules/reproducibility/no-tag-with-digest';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: ['FROM a:1\n', `FROM a@sha256:${'0'.repeat(64)}\n`, 'FROM a\n', 'FROM $A\n'],
  invalid: [
    {
      code: `FROM b.org:5000/a:1.2@sha256:${'0'.repeat(64)}\nFROM c\nCOPY --from=d /e /e\n`,
      findings: [{ messageId: 'both', at: `b.org:5000/a:1.2@sha256:${'0'.repeat(64)}` }],
    },

    {
      code: `FROM a:1@sha256:${'0'.repeat(64)} AS b\n`,
      findings: [{ messageId: 'both', at: `a:1@sha256:${'0'.repeat(64)}` }],
    },
  ],
});
