import rule from '../../../server/src/rules/reproducibility/no-latest-tag';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  onbuild: false,
  valid: [
    {
      code: 'ARG A=latest\nFROM b:$A\nCOPY --from=team/c:latest /c /c\n',
      name: 'as hadolint tells it',
      settings: { dialect: 'hadolint' },
    },

    'FROM node:20\n',
    'FROM node\n',
    `FROM node:latest@sha256:${'a'.repeat(64)}\n`,
    'FROM node:latest-alpine3.20\n',
    'FROM debian:12 AS latest\nFROM latest\n',
  ],
  invalid: [
    {
      code: 'FROM debian:12\nCOPY --from=ghcr.io/a/b:latest /c /d\n',
      findings: [{ messageId: 'latest', at: 'latest' }],
    },
    { code: 'FROM node:latest\n', findings: [{ messageId: 'latest', at: 'latest' }], output: null },
    { code: 'FROM ghcr.io/team/app:latest AS a\n', findings: [{ messageId: 'latest', at: 'latest' }], output: null },
    { code: 'ARG V=latest\nFROM node:$V\n', findings: [{ messageId: 'latest', at: 'node:$V' }], output: null },
  ],
});
