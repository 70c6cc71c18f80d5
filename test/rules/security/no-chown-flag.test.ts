import rule from '../../../server/src/rules/security/no-chown-flag';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nCOPY --chown=root:b --chmod=755 c /d\nCOPY --chmod=u=rwX,g=rX --chown=:b c /d\n',
    'FROM a\nCOPY b /c\n',
    'FROM a\nCOPY --chown=0:0 b /c\n',
    'FROM a\nCOPY --chmod=755 b /c\n',
    'FROM a\nRUN chown b /c\n',
  ],
  invalid: [
    {
      name: 'a group that may write',
      code: 'FROM a\nCOPY --chown=root:b c /d\nCOPY --chmod=775 --chown=0:e c /d\nCOPY --chown=:f --chmod=g+rw c /d\n',
      findings: [
        { messageId: 'chown', at: '--chown=root:b' },
        { messageId: 'chown', at: '--chown=0:e' },
        { messageId: 'chown', at: '--chown=:f' },
      ],
    },
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
