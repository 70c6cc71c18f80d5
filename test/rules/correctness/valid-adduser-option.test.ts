import rule from '../../../server/src/rules/correctness/valid-adduser-option';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM alpine:3.22\nRUN addgroup -S a && adduser -S -D -G a a\n',
    'FROM team/app\nRUN adduser -S a\n',
    'FROM debian:12\nRUN adduser --system --ingroup a -u 1000 a\n',
    'FROM debian:12\nRUN adduser -S a || adduser --system a\n',
    'FROM debian:12\nRUN useradd -G b a\n',
  ],
  invalid: [
    {
      code: 'FROM debian:12\nRUN addgroup -g 1001 -S a && adduser -S -G a a\n',
      findings: [
        { messageId: 'busybox', at: '-S' },
        { messageId: 'busybox', at: ['-S', 2] },
        { messageId: 'busybox', at: '-G' },
      ],
      output: 'FROM debian:12\nRUN addgroup -g 1001 --system a && adduser --system --ingroup a a\n',
    },
    {
      code: 'FROM python:3.13-slim\nRUN adduser -DHs /bin/sh a\n',
      findings: [{ messageId: 'busybox', at: '-DHs' }],
      output: 'FROM python:3.13-slim\nRUN adduser --disabled-password --gecos "" --no-create-home --shell /bin/sh a\n',
    },
    {
      code: 'FROM ubuntu:24.04\nRUN adduser -Sk /etc/skel a\n',
      findings: [{ messageId: 'busybox', at: '-Sk' }],
    },
  ],
});
