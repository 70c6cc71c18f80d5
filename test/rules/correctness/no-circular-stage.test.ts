import rule from '../../../server/src/rules/correctness/no-circular-stage';
import { testRule } from '../../helpers/ruleTester';

/** Each stage copies from the two before it: the ways through them double with every other stage. */
const MANY_WAYS = Array.from(
  { length: 60 },
  (_, index) =>
    `FROM a AS s${index}\n${[1, 2].map((back) => (index < back ? '' : `COPY --from=s${index - back} /b /c\n`)).join('')}`,
).join('');

testRule(rule, {
  valid: [
    MANY_WAYS,
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
    {
      code: 'FROM a AS b\nFROM a AS c\nCOPY --from=d /e /f\nCOPY --from=b /e /f\nFROM c AS d\nCOPY --from=c /e /f\n',
      findings: [{ messageId: 'circle', at: 'FROM a AS c', data: { path: 'c → d → c' } }],
      onbuild: false,
    },
  ],
});
