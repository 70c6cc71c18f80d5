import rule from '../../../server/src/rules/size/no-build-tools-in-final';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nRUN apt-get install curl make\nCMD b\n',
    'FROM a\nRUN apt-get install gcc\n',
    'FROM a\nRUN apt-get install gcc && make && apt-get purge gcc\nCMD b\n',
    'FROM a AS x\nRUN apk add gcc\nFROM b\n',
    'FROM a AS dev\nRUN apk add gcc\nCMD b\n',
    'FROM a\nRUN apk add --virtual b gcc\nCMD b\n',
    'FROM a AS base\nRUN apk add gcc\nFROM base AS build\nRUN make\nFROM b\nCOPY --from=build /x /x\nCMD x\n',
  ],
  invalid: [
    {
      code: 'FROM a AS x\nRUN apk add g++\nFROM b\nRUN apk add gcc musl-dev\nENTRYPOINT b\n',
      findings: [{ messageId: 'tools', at: 'gcc', data: { names: 'gcc' } }],
    },
    {
      // The stage below the final one is in the image as well.
      code: 'FROM a AS base\nRUN apk add gcc\nFROM base AS build\nRUN make\nFROM base\nCOPY --from=build /x /x\nCMD x\n',
      findings: [{ messageId: 'tools', at: 'gcc', data: { names: 'gcc' } }],
    },
    {
      code: 'FROM a\nRUN apt-get install -y curl build-essential cmake\nCMD b\n',
      findings: [{ messageId: 'tools', at: 'build-essential', data: { names: 'build-essential, cmake' } }],
    },
  ],
});
