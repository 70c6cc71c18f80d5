import rule from '../../../server/src/rules/style/wget-no-progress';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM debian:12\nRUN wget -q x\n',
    'FROM debian:12\nRUN wget -nv x\n',
    'FROM debian:12\nRUN wget --progress=bar x\n',
    'FROM debian:12\nRUN wget -o /log x\n',
    'FROM debian:12\nRUN wget -qO- x\n',
    'FROM alpine:3.20\nRUN wget x\n',
    'FROM debian:12\nCMD wget x\n',
  ],
  invalid: [
    {
      code: 'FROM alpine\nRUN wget https://b/c\n',
      name: 'as hadolint tells it',
      settings: { dialect: 'hadolint' },
      findings: [{ messageId: 'missing', at: 'wget' }],
    },

    {
      code: 'FROM debian:12\nRUN a && wget -O b x\n',
      findings: [{ messageId: 'missing', at: 'wget' }],
      output: 'FROM debian:12\nRUN a && wget --progress=dot:giga -O b x\n',
    },
    { code: 'FROM my/image\nRUN wget x\n', findings: [{ messageId: 'missing', at: 'wget' }] },
  ],
});
