import rule from '../../../server/src/rules/security/no-chown-flag';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nCOPY b /c\n',
    'FROM a\nCOPY --chown=0:0 b /c\n',
    'FROM a\nCOPY --chmod=755 b /c\n',
    'FROM a\nRUN chown b /c\n',
  ],
  invalid: [
    {
      code: 'FROM a\nADD --chown=1000 b /c\nCOPY --chown=root d /e\nCOPY --chown=$F g /h\n',
      findings: [
        { messageId: 'chown', at: '--chown=1000' },
        { messageId: 'chown', at: '--chown=$F' },
      ],
    },
    { code: 'FROM a\nCOPY --chown=b:c d /e\n', findings: [{ messageId: 'chown', at: '--chown=b:c' }] },
  ],
});
