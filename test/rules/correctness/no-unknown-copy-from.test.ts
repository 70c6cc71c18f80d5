import rule from '../../../server/src/rules/correctness/no-unknown-copy-from';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a AS b\nFROM c\nCOPY --from=B /d /d\n',
    'FROM a\nFROM c\nCOPY --from=0 /d /d\n',
    'FROM a\nCOPY --from=b:1 /d /d\n',
    'FROM a\nCOPY --from=x.org/b /d /d\n',
    'FROM a\nCOPY --from=$B /d /d\n',
    {
      name: 'knows the contexts of a Compose file',
      code: 'FROM a\nCOPY --from=assets /d /d\n',
      settings: { contexts: new Set(['assets']) },
    },
  ],
  invalid: [
    {
      code: 'FROM a\nCOPY --from=team/b /c /c\n',
      name: 'as hadolint tells it',
      settings: { dialect: 'hadolint' },
      findings: [{ messageId: 'unknown', at: '--from=team/b' }],
    },

    {
      name: 'a stage that comes later',
      code: 'FROM c\nCOPY --from=build /d /d\nFROM a AS build\n',
      findings: [{ messageId: 'unknown', at: '--from=build' }],
    },

    { code: 'FROM a AS b\nFROM c\nCOPY --from=bb /d /d\n', findings: [{ messageId: 'unknown', at: '--from=bb' }] },
  ],
});
