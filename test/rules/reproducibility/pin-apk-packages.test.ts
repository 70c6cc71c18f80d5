import rule from '../../../server/src/rules/reproducibility/pin-apk-packages';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nRUN apk add b=1 c~1 d~=2 "e>3" f@edge=1\n',
    'FROM a\nRUN apk add --virtual .deps b=1\n',
    'FROM a\nRUN apk add -X https://x/y b=1\n',
    'FROM a\nRUN apk add b-1.apk\n',
    'FROM a\nRUN apk del b\n',
    'FROM a\nRUN apk add $DEPS\n',
  ],
  invalid: [
    {
      code: 'FROM a\nRUN apk update && apk add bb cc@edge ee\n',
      findings: [
        { messageId: 'unpinned', at: 'bb' },
        { messageId: 'unpinned', at: 'cc@edge' },
        { messageId: 'unpinned', at: 'ee' },
      ],
    },

    { code: 'FROM a\nRUN apk --no-cache add -t .deps b c=1\n', findings: [{ messageId: 'unpinned', at: ['b', 1] }] },
  ],
});
