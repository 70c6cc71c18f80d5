import rule from '../../../server/src/rules/size/apk-virtual-build-deps';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nRUN apk add curl && b\n',
    'FROM a\nRUN apk add --virtual .b gcc && c && apk del .b\n',
    'FROM a\nRUN apk add gcc && c && apk del gcc\n',
    'FROM a\nRUN apk add gcc\n',
    'FROM a AS x\nRUN apk add gcc && b\nFROM c\n',
  ],
  invalid: [
    {
      code: 'FROM a\nRUN apk add --no-cache gcc b-dev && c\n',
      findings: [{ messageId: 'kept', at: 'gcc', data: { names: 'gcc, b-dev' } }],
      output: 'FROM a\nRUN apk add --virtual .build-deps --no-cache gcc b-dev && c && apk del .build-deps\n',
    },
    { code: 'FROM a\nRUN apk add make curl && c\n', findings: [{ messageId: 'kept', at: 'make' }] },
  ],
});
