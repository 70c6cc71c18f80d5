import rule from '../../../server/src/rules/maintainability/no-debian-frontend-env';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nARG DEBIAN_FRONTEND=b\n',
    'FROM a\nENV DEBIAN_FRONTEND=b\nRUN c\nENV DEBIAN_FRONTEND=\n',
    'FROM a AS x\nENV DEBIAN_FRONTEND=b\nFROM c\n',
  ],
  invalid: [
    {
      code: 'FROM a\nENV DEBIAN_FRONTEND=noninteractive\n',
      findings: [{ messageId: 'stays', at: 'DEBIAN_FRONTEND' }],
      output: 'FROM a\nARG DEBIAN_FRONTEND=noninteractive\n',
      onbuild: false,
    },
    {
      code: 'FROM a\nENV B=c DEBIAN_FRONTEND=noninteractive\n',
      findings: [{ messageId: 'stays', at: 'DEBIAN_FRONTEND' }],
    },
    { code: 'FROM a\nENV DEBIAN_FRONTEND noninteractive\n', findings: [{ messageId: 'stays', at: 'DEBIAN_FRONTEND' }] },
  ],
});
