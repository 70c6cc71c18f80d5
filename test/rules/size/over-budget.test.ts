import rule from '../../../server/src/rules/size/over-budget';
import { testRule } from '../../helpers/ruleTester';

const text = 'FROM debian:12-slim AS base\nRUN apt-get update && apt-get install -y gcc\nFROM base\nCOPY a /a\nRUN b\n';

testRule(rule, {
  onbuild: false,
  escape: false,
  docs: { settings: { budget: { layers: 1 } } },
  valid: [
    text,
    { code: `# enough\n${text}`, settings: { budget: { image: 1e9, layers: 3 } } },
    { code: 'FROM example.com/unknown\nRUN a\n', settings: { budget: { image: 1 } } },
    { code: 'FROM alpine:3.20\nRUN apk add gcc\n', settings: { budget: { image: 1 } } },
    {
      code: 'FROM golang:1.24 AS build\nRUN a\nRUN b\nFROM scratch\nCOPY --from=build /a /a\n',
      settings: { budget: { image: 1000, layers: 1 } },
    },
  ],
  invalid: [
    {
      name: 'the base image alone',
      code: text,
      settings: { budget: { image: 5_000_000 } },
      findings: [{ messageId: 'image', at: 'FROM' }],
    },
    {
      name: 'the packages',
      code: text,
      settings: { budget: { image: 150_000_000 } },
      findings: [{ messageId: 'image', at: 'RUN' }],
    },
    {
      name: 'the first layer too many',
      code: text,
      settings: { budget: { layers: 1 } },
      findings: [{ messageId: 'layers', at: 'COPY', data: { count: 3, budget: 1 } }],
    },
  ],
});
