import rule from '../../../server/src/rules/correctness/no-copy-from-self';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a AS b\nFROM c\nCOPY --from=b /d /d\n',
    'FROM a AS b\nFROM c\nCOPY --from=0 /d /d\n',
    'FROM a\nCOPY --from=a /d /d\n',
    'FROM a AS b\nCOPY b /d\n',
  ],
  invalid: [
    { code: 'FROM a AS b\nCOPY --from=B /c /d\n', findings: [{ messageId: 'self', at: '--from=B' }] },
    {
      code: 'FROM a\nFROM b\nCOPY --chown=x --from=1 /c /d\n',
      findings: [{ messageId: 'self', at: '--from=1', data: { name: '1' } }],
    },
  ],
});
