import rule from '../../../server/src/rules/cache/prefer-copy-link';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a AS b\nFROM c\nRUN --mount=from=b,target=/d cp /d /e\n',
    'FROM a\nCOPY b /c\n',
    'FROM a\nCOPY --link --from=b /c /d\n',
  ],
  invalid: [
    {
      code: 'FROM a AS b\nFROM c\nCOPY --chown=1:1 --from=0 /d /e/\n',
      findings: [{ messageId: 'link', at: 'COPY' }],
      output: 'FROM a AS b\nFROM c\nCOPY --link --chown=1:1 --from=0 /d /e/\n',
    },

    {
      code: 'FROM a AS b\nFROM c\nCOPY --from=b /d /e\n',
      findings: [{ messageId: 'link', at: 'COPY' }],
      output: 'FROM a AS b\nFROM c\nCOPY --link --from=b /d /e\n',
    },
  ],
});
