import rule from '../../../server/src/rules/size/apk-no-cache';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM alpine:3.2\nRUN apk add --update curl\n',
    'FROM alpine:3.22\nENV F=--no-cache\nRUN apk add $F b\n',
    'FROM alpine:3.20\nRUN apk add --no-cache curl\n',
    'FROM alpine:3.20\nRUN apk --no-cache add curl\n',
    'FROM alpine:3.20\nRUN apk add curl && rm -rf /var/cache/apk/*\n',
    'FROM alpine:3.20\nRUN --mount=type=cache,target=/var/cache/apk apk add curl\n',
    'FROM alpine:3.20\nRUN apk del curl\n',
    'FROM alpine:3.20\nRUN apk update\n',
    'FROM alpine:3.20\nRUN apk update && apk add --no-cache curl && rm -rf /var/cache/apk/*\n',
    'FROM alpine:3.20 AS b\nRUN apk add gcc\nFROM alpine:3.20\n',
  ],
  invalid: [
    {
      code: 'FROM alpine:3.20\nRUN apk update && apk upgrade && apk add --no-cache curl\n',
      findings: [{ messageId: 'update', at: 'update' }],
      output: 'FROM alpine:3.20\nRUN apk upgrade --no-cache && apk add --no-cache curl\n',
    },
    {
      code: 'FROM alpine:3.20\nRUN apk update && apk --no-cache upgrade\n',
      findings: [{ messageId: 'update', at: 'update' }],
      output: 'FROM alpine:3.20\nRUN apk --no-cache upgrade\n',
    },
    {
      code: 'FROM alpine:3.20\nRUN apk update && apk upgrade && apk fix && apk add curl\n',
      findings: [{ messageId: 'missing', at: 'add' }],
      output: 'FROM alpine:3.20\nRUN apk update && apk upgrade && apk fix && apk add --no-cache curl\n',
    },
    {
      code: 'FROM a\nRUN apk add b && rm -rf /var/cache/apk/*\n',
      name: 'as hadolint reads it: removed',
      settings: { dialect: 'hadolint' },
      findings: [{ messageId: 'missing', at: 'add' }],
      output: 'FROM a\nRUN apk add --no-cache b && rm -rf /var/cache/apk/*\n',
    },
    {
      code: 'FROM alpine AS b\nRUN apk add c\nFROM scratch\nCOPY --from=b / /\n',
      name: 'a stage that the final one copies whole',
      findings: [{ messageId: 'missing', at: 'add' }],
      output: 'FROM alpine AS b\nRUN apk add --no-cache c\nFROM scratch\nCOPY --from=b / /\n',
    },
    {
      code: 'FROM alpine AS b\nRUN apk add c\nFROM scratch\nCOPY --from=b /c /c\n',
      name: 'as hadolint tells it',
      settings: { dialect: 'hadolint' },
      findings: [{ messageId: 'missing', at: 'add' }],
      output: 'FROM alpine AS b\nRUN apk add --no-cache c\nFROM scratch\nCOPY --from=b /c /c\n',
    },

    {
      // the later RUN would find nothing to remove
      code: 'FROM alpine:3.20\nRUN apk add curl\nRUN rm /var/cache/apk/*\n',
      findings: [{ messageId: 'missing', at: 'add' }],
      output: null,
    },
    {
      name: 'keeps the index that a later stage takes',
      code: 'FROM alpine:3.20 AS base\nRUN apk update && apk add a\nFROM base AS build\nRUN apk add b\nFROM base\n',
      findings: [{ messageId: 'missing', at: 'add' }],
      output:
        'FROM alpine:3.20 AS base\nRUN apk update && apk add --no-cache a\nFROM base AS build\nRUN apk add b\nFROM base\n',
    },
    {
      code: 'FROM alpine:3.20\nRUN apk add curl\n',
      findings: [{ messageId: 'missing', at: 'add' }],
      output: 'FROM alpine:3.20\nRUN apk add --no-cache curl\n',
    },
    {
      code: 'FROM alpine:3.20\nRUN apk update && \\\n    apk add \\\n      curl\n',
      findings: [{ messageId: 'missing', at: 'add' }],
      output: 'FROM alpine:3.20\nRUN apk add --no-cache \\\n      curl\n',
    },
    {
      name: 'an update before installs that fetch the index themselves',
      code: 'FROM alpine:3.20\nRUN apk update && apk --no-cache add bind && apk add --no-cache curl\n',
      findings: [{ messageId: 'update', at: 'update' }],
      output: 'FROM alpine:3.20\nRUN apk --no-cache add bind && apk add --no-cache curl\n',
    },
    {
      name: 'the same before a RUN that reads the index, until that RUN fetches its own',
      code: 'FROM alpine:3.20\nRUN apk update && apk add --no-cache bind\nRUN apk add curl\n',
      findings: [{ messageId: 'missing', at: ['add', 2] }],
      output: 'FROM alpine:3.20\nRUN apk add --no-cache bind\nRUN apk add --no-cache curl\n',
    },
    {
      code: 'FROM alpine:3.20\nRUN apk update && apk upgrade && apk add curl\n',
      findings: [{ messageId: 'missing', at: 'add' }],
      output: 'FROM alpine:3.20\nRUN apk upgrade --no-cache && apk add --no-cache curl\n',
    },
    {
      code: 'FROM alpine:3.20\nRUN apk add --virtual .build gcc && make && apk del .build\n',
      findings: [{ messageId: 'missing', at: 'add' }],
      output: 'FROM alpine:3.20\nRUN apk add --no-cache --virtual .build gcc && make && apk del .build\n',
    },
  ],
});
