import rule from '../../../server/src/rules/cache/no-early-volatile-arg';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  onbuild: false,
  valid: [
    'FROM a\nRUN apt-get install b\nARG COMMIT\nLABEL b=$COMMIT\n',
    'FROM a\nARG VERSION\nRUN apt-get install b\n',
    'FROM a\nARG COMMIT\nRUN make COMMIT=$COMMIT\n',
    'FROM a\nARG COMMIT\nRUN echo b\n',
    'FROM a\nARG COMMIT=b\nRUN apk add c\n',
    'FROM a\nARG COMMIT\nRUN make x\n',
  ],
  invalid: [
    {
      code: 'FROM a\nARG GIT_SHA=none\nARG COMMIT\nCOPY b /c\nRUN npm ci\n',
      findings: [{ messageId: 'early', at: 'COMMIT' }],
    },

    {
      code: 'FROM a\nARG VCS_REF\nARG BUILD_DATE\nRUN apk add b\n',
      findings: [
        { messageId: 'early', at: 'VCS_REF', data: { name: 'VCS_REF' } },
        { messageId: 'early', at: 'BUILD_DATE' },
      ],
    },
  ],
});
