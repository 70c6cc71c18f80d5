import rule from '../../../server/src/rules/maintainability/no-build-label';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nLABEL org.opencontainers.image.revision=$B\n',
    'FROM a\nLABEL b=c\n',
    'FROM a\nLABEL org.opencontainers.image.created=""\n',
  ],
  invalid: [
    {
      code: 'FROM a\nLABEL org.opencontainers.image.created="2024-01-01T00:00:00Z" \\\n  org.opencontainers.image.revision=abc\n',
      findings: [
        { messageId: 'stale', at: 'org.opencontainers.image.created' },
        { messageId: 'stale', at: 'org.opencontainers.image.revision' },
      ],
    },

    {
      code: 'FROM a\nLABEL b=c org.opencontainers.image.base.digest="sha256:d"\n',
      findings: [{ messageId: 'stale', at: 'org.opencontainers.image.base.digest' }],
    },
  ],
});
