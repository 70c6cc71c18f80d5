import rule from '../../../server/src/rules/cache/merge-package-installs';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nRUN apt-get install b && apt-get install c\n',
    'FROM a AS x\nRUN apk add b\nFROM c\nRUN apk add b\n',
    'FROM a\nRUN apk add b\nRUN apk del b\n',
  ],
  invalid: [
    {
      code: 'FROM a AS x\nRUN apt-get install -y b\nRUN apt-get install -y c\nRUN apt-get install -y d\nFROM x\n',
      findings: [
        { messageId: 'again', at: ['install', 2] },
        { messageId: 'again', at: ['install', 3] },
      ],
      onbuild: false,
    },

    {
      code: 'FROM a\nRUN apk add b\nCOPY c /d\nRUN apk add e\n',
      findings: [{ messageId: 'again', at: ['add', 2] }],
      onbuild: false,
    },
  ],
});
