import rule from '../../../server/src/rules/maintainability/require-maintainer-label';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nLABEL maintainer=b\n',
    'FROM a\nLABEL b=c \\\n org.opencontainers.image.vendor=d\n',
    'FROM a AS b\nLABEL Maintainer=c\nFROM b\n',
    'FROM a AS b\nFROM c\nLABEL maintainer=d\nCOPY --from=b /e /e\n',
  ],
  invalid: [
    { code: 'FROM a\nLABEL maintaner=b\n', findings: [{ messageId: 'missing', at: 'FROM' }] },
    {
      code: 'FROM a\nLABEL maintainer=b\nFROM c\n',
      findings: [{ messageId: 'missing', at: ['FROM', 2] }],
    },
  ],
});
