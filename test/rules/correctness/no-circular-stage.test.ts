import rule from '../../../server/src/rules/correctness/no-circular-stage';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a AS b\nCOPY --from=c /d /e\nFROM f AS c\n',
    'FROM a AS b\nFROM b AS c\nCOPY --from=b /d /e\n',
    'FROM a AS b\nCOPY --from=b /c /d\n',
  ],
  invalid: [
    {
      code: 'FROM a AS b\nCOPY --from=c /d /e\nFROM b AS c\n',
      findings: [{ messageId: 'circle', at: 'FROM a AS b', data: { path: 'b → c → b' } }],
      onbuild: false,
    },
    {
      code: 'FROM a\nRUN --mount=from=c,target=/d x\nFROM b AS c\nCOPY --from=0 /e /f\n',
      findings: [{ messageId: 'circle', at: 'FROM a', data: { path: '0 → c → 0' } }],
      onbuild: false,
    },
  ],
});
