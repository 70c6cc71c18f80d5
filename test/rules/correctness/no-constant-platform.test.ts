import rule from '../../../server/src/rules/correctness/no-constant-platform';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM --platform=$BUILDPLATFORM a\n',
    'FROM --platform=${X:-} a\n',
    'FROM --platform=linux/arm64 a AS build-arm64\n',
    'FROM --platform=linux/arm64 a AS base-linux\n',
    'FROM a\n',
  ],
  invalid: [
    {
      code: 'FROM --platform=linux/amd64 a AS b-amd64\n',
      name: 'as hadolint reads it: named for it',
      settings: { dialect: 'hadolint' },
      findings: [{ messageId: 'constant', at: '--platform=linux/amd64' }],
      output: 'FROM a AS b-amd64\n',
    },
    {
      code: 'ARG A=amd64\nFROM --platform=linux/$A b\n',
      name: 'as hadolint tells it',
      settings: { dialect: 'hadolint' },
      findings: [{ messageId: 'constant', at: '--platform=linux/$A' }],
      output: 'ARG A=amd64\nFROM b\n',
      onbuild: false,
    },

    {
      code: 'FROM --platform=linux/arm64/v8 a\nRUN b\n',
      findings: [{ messageId: 'constant', at: '--platform=linux/arm64/v8' }],
      output: 'FROM a\nRUN b\n',
    },

    {
      code: 'FROM --platform=linux/amd64 a AS b\n',
      findings: [{ messageId: 'constant', at: '--platform=linux/amd64' }],
      output: 'FROM a AS b\n',
    },
  ],
});
