import rule from '../../../server/src/rules/size/no-unused-package';
import { testRule } from '../../helpers/ruleTester';

const BOTH = 'FROM debian:12\nRUN apt-get update && apt-get install -y curl wget\n';

testRule(rule, {
  onbuild: false,
  valid: [
    { code: `${BOTH}RUN curl -O https://a/b && wget https://c/d\nCMD ["b"]\n`, name: 'both are called' },
    { code: `${BOTH}CMD ["b"]\n`, name: 'neither is called' },
    `${BOTH}RUN curl -O https://a/b\n`,
    `${BOTH}RUN curl -O https://a/b && ./b\nCMD ["b"]\n`,
    `${BOTH}RUN curl https://a/b | sh\nCMD ["b"]\n`,
    `${BOTH}RUN curl -O https://a/b\nHEALTHCHECK CMD wget -q http://localhost\nCMD ["b"]\n`,
    `${BOTH}RUN curl -O https://a/b\nENTRYPOINT ["/entrypoint.sh"]\n`,
    'FROM node:24-slim\nRUN apt-get install -y curl git\nRUN curl -O https://a/b\nRUN npm ci\nCMD ["node", "a.js"]\n',
    `${BOTH.trim()} gcc\nRUN curl -O https://a/b\nCMD ["b"]\n`,
    'FROM debian:12\nRUN apt-get install -y curl nginx\nRUN curl -O https://a/b\nCMD ["nginx"]\n',
  ],
  invalid: [
    {
      name: 'a HEALTHCHECK calls one, and a compiler is there for pip',
      code: 'FROM python:3.12-slim\nRUN apt-get install -y curl gcc wget\nRUN pip install a\nHEALTHCHECK CMD curl -f http://localhost || exit 1\nCMD ["b"]\n',
      findings: [{ messageId: 'unused', at: 'wget' }],
    },
    {
      code: `${BOTH}RUN curl -O https://a/b\nCMD ["b"]\n`,
      findings: [{ messageId: 'unused', at: 'wget', data: { name: 'wget', used: 'curl' } }],
    },
    {
      code: 'FROM alpine:3.22\nRUN apk add --no-cache git curl jq\nRUN git clone https://a/b\nCMD ["/b"]\n',
      findings: [
        { messageId: 'unused', at: 'curl' },
        { messageId: 'unused', at: 'jq' },
      ],
    },
    {
      code: 'FROM debian:12-slim AS get\nRUN apt-get install -y wget=1.21 unzip && wget -O c.tgz https://a/b && tar xzf c.tgz\nFROM debian:12-slim\nCOPY --from=get /c /c\nCMD ["/c"]\n',
      findings: [{ messageId: 'unused', at: 'unzip' }],
    },
  ],
});
