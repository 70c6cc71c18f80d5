import rule from '../../../server/src/rules/correctness/no-copy-root-to-root';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a AS b\nFROM scratch\nCOPY --from=b / /\n',
    'FROM a AS b\nFROM c\nCOPY --from=b / /d\n',
    'FROM a\nCOPY / /\n',
    'FROM a AS b\nFROM c\nCOPY --from=b /d /\n',
  ],
  invalid: [
    {
      code: 'FROM a AS b\nFROM scratch\nCOPY --from=b / /\n',
      name: 'as hadolint reads it: scratch',
      settings: { dialect: 'hadolint' },
      findings: [{ messageId: 'root', at: 'COPY --from=b / /' }],
      onbuild: false,
    },
    {
      code: 'FROM a AS b\nFROM c\nCOPY --from=0 --link / /\n',
      findings: [{ messageId: 'root', at: 'COPY --from=0 --link / /' }],
    },

    { code: 'FROM a AS b\nFROM c\nCOPY --from=b / /\n', findings: [{ messageId: 'root', at: 'COPY --from=b / /' }] },
  ],
});
