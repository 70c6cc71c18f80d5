import rule from '../../../server/src/rules/maintainability/no-invalid-label-key';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nLABEL b=c\n',
    'FROM a\nLABEL org.opencontainers.image.source=c b_c-d.e1=f\n',
    'FROM a\nLABEL "b.c"=d\n',
    'FROM a\nLABEL $B=c\n',
    'FROM a\nLABEL Maintainer=c\n',
  ],
  invalid: [
    {
      code: 'FROM a\nLABEL Name=b\n',
      settings: { dialect: 'hadolint' },
      findings: [{ messageId: 'invalid', at: 'Name' }],
    },

    {
      code: 'FROM a\nLABEL -b=c d.=e\n',
      findings: [
        { messageId: 'invalid', at: '-b' },
        { messageId: 'invalid', at: 'd.' },
      ],
    },
    {
      code: 'FROM a\nLABEL com.docker.b=c 1d=e\n',
      findings: [
        { messageId: 'reserved', at: 'com.docker.b' },
        { messageId: 'invalid', at: '1d' },
      ],
    },
    { code: 'FROM a\nLABEL b--c=d\n', findings: [{ messageId: 'invalid', at: 'b--c' }] },
  ],
});
