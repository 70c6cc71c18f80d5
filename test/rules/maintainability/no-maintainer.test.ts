import rule from '../../../server/src/rules/maintainability/no-maintainer';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  onbuild: false,
  valid: [
    'FROM a\n',
    '# MAINTAINER b\nFROM a\n',
    'FROM a\nLABEL maintainer="b"\n',
    'FROM a\nRUN <<E\nMAINTAINER b\nE\n',
  ],
  invalid: [
    {
      code: 'FROM a\nMAINTAINER Jo Doe <jo@x.org>\nRUN b\n',
      findings: [{ messageId: 'deprecated', at: 'MAINTAINER' }],
      output: 'FROM a\nLABEL org.opencontainers.image.authors="Jo Doe <jo@x.org>"\nRUN b\n',
    },
    {
      code: 'FROM a\n maintainer "Jo, Ann"',
      findings: [{ messageId: 'deprecated', at: 'maintainer' }],
      output: 'FROM a\n label org.opencontainers.image.authors="Jo, Ann"',
    },
    { code: 'FROM a\nMAINTAINER $NAME\n', findings: [{ messageId: 'deprecated', at: 'MAINTAINER' }] },
    { code: 'FROM a\nMAINTAINER Jo "x" Doe\n', findings: [{ messageId: 'deprecated', at: 'MAINTAINER' }] },
  ],
});
