import rule from '../../../server/src/rules/security/no-host-network';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: ['FROM a\nRUN --network=none b\n', 'FROM a\nRUN b --network=host\n', 'FROM a\nRUN --network=$N b\n'],
  invalid: [
    {
      code: 'FROM a\nRUN --network=default b\nRUN --mount=type=ssh --network=host c\n',
      findings: [{ messageId: 'host', at: '--network=host' }],
      output: 'FROM a\nRUN --network=default b\nRUN --mount=type=ssh c\n',
    },

    {
      code: 'FROM a\nRUN --network=host --mount=type=cache,target=/b c\n',
      findings: [{ messageId: 'host', at: '--network=host' }],
      output: 'FROM a\nRUN --mount=type=cache,target=/b c\n',
    },
  ],
});
