import rule from '../../../server/src/rules/security/no-chown-flag';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nCOPY b /c\n',
    'FROM a\nCOPY --chown=0:0 b /c\n',
    'FROM a\nCOPY --chmod=755 b /c\n',
    'FROM a\nRUN chown b /c\n',
  ],
  invalid: [{ code: 'FROM a\nCOPY --chown=b:c d /e\n', findings: [{ messageId: 'chown', at: '--chown=b:c' }] }],
});
