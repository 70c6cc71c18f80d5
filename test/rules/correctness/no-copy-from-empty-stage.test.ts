import rule from '../../../server/src/rules/correctness/no-copy-from-empty-stage';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM scratch AS a\nCOPY b /c\nFROM d\nCOPY --from=a /c /c\n',
    'FROM a AS b\nFROM c\nCOPY --from=b /d /e\n',
    'FROM scratch AS a\nADD b /c\nFROM a AS d\nFROM e\nCOPY --from=d /c /c\n',
  ],
  invalid: [
    {
      code: 'FROM scratch\nENV A=b\nFROM d\nRUN e\nCOPY --from=0 /e /f\n',
      findings: [{ messageId: 'empty', at: '--from=0' }],
    },

    {
      code: 'FROM scratch AS a\nLABEL b=c\nFROM d\nCOPY --from=a /e /f\n',
      findings: [{ messageId: 'empty', at: '--from=a', data: { name: 'a' } }],
    },
  ],
});
