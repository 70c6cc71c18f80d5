import rule from '../../../server/src/rules/size/apk-delete-virtual';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM alpine\nRUN apk add --virtual .build gcc && make && apk del .build\n',
    'FROM alpine\nRUN apk add --virtual .build gcc\nRUN make\nRUN apk del .build\n',
    'FROM alpine\nRUN apk add -t .run-deps libpq && make\n',
    'FROM alpine\nRUN apk add -t libs libpq && make\n',
    'FROM alpine AS build\nRUN apk add -t .build-deps gcc && make\nFROM scratch\nCOPY --from=build /a /a\n',
    'FROM alpine\nRUN apk add gcc && make\n',
    'FROM alpine\nRUN apk add -t .build gcc && make && apk --purge del $DEPS\n',
  ],
  invalid: [
    {
      name: 'a group with a compiler, whatever its name',
      code: 'FROM alpine:3.22\nRUN apk add --no-cache --virtual .b gcc d && c\n',
      findings: [{ messageId: 'kept', at: '--virtual' }],
      output: 'FROM alpine:3.22\nRUN apk add --no-cache --virtual .b gcc d && c && apk del .b\n',
    },
    {
      code: 'FROM alpine\nRUN apk add --no-cache --virtual .build-deps gcc && make\n',
      findings: [{ messageId: 'kept', at: '--virtual', data: { name: '.build-deps' } }],
      output: 'FROM alpine\nRUN apk add --no-cache --virtual .build-deps gcc && make && apk del .build-deps\n',
    },
    {
      code: 'FROM alpine\nRUN sudo apk add --virtual=tmp gcc \\\n && make\n',
      findings: [{ messageId: 'kept', at: '--virtual=tmp' }],
      output: 'FROM alpine\nRUN sudo apk add --virtual=tmp gcc \\\n && make \\\n && sudo apk del tmp\n',
    },
    {
      code: 'FROM alpine\nRUN apk add -t build-dependencies gcc\nRUN make\n',
      findings: [{ messageId: 'kept', at: '-t' }],
    },
  ],
});
