import rule from '../../../server/src/rules/correctness/no-taken-id';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM ubuntu:22.04\nRUN useradd -u 1000 app\n',
    'FROM ubuntu:24.04\nRUN useradd -u 1001 app\n',
    'FROM ubuntu:24.04\nRUN useradd app\n',
    'FROM ubuntu:24.04\nRUN useradd -o -u 1000 app\n',
    'FROM ubuntu:24.04\nARG ID\nRUN useradd -u $ID app\n',
    'FROM ubuntu:24.04\nRUN userdel -r ubuntu\nRUN useradd -u 1000 app\n',
    'FROM ubuntu:24.04\nRUN if id ubuntu; then userdel ubuntu; fi; useradd -u 1000 app\n',
    'FROM ubuntu:24.04\nRUN id 1000 || useradd -u 1000 app\n',
    'FROM ubuntu:24.04\nRUN groupadd -g 1000 app || true\n',
    'FROM ubuntu:24.04\nRUN groupadd -f -g 1000 app\n',
    'FROM ubuntu:24.04\nRUN useradd -g 1000 app\n',
    'FROM ubuntu:24.04 AS a\nRUN usermod -u 2000 ubuntu\nFROM a\nRUN useradd -u 1000 app\n',
    'FROM node:22\nRUN sed -i /node/d /etc/passwd\nRUN useradd -u 1000 app\n',
    'FROM node:0.12\nRUN useradd -u 1000 app\n',
    'FROM debian:12\nRUN adduser --system --uid 33 app\n',
    'FROM alpine:3.22\nRUN adduser -u 1000 app\n',
    'FROM registry.example/node:22\nRUN useradd -u 1000 app\n',
    'FROM scratch\nRUN useradd -u 1000 app\n',
  ],
  invalid: [
    {
      code: 'FROM ubuntu:24.04\nRUN useradd -m -u 1000 app\n',
      findings: [{ messageId: 'user', at: '-u', data: { id: 1000, name: 'ubuntu', image: 'ubuntu:24.04' } }],
    },
    {
      code: 'FROM ubuntu:noble\nARG ID=1000\nRUN groupadd --gid=$ID app && useradd --uid $ID app\n',
      findings: [
        { messageId: 'group', at: '--gid=$ID' },
        { messageId: 'user', at: '--uid' },
      ],
    },
    { code: 'FROM ubuntu\nRUN useradd -u1000 app\n', findings: [{ messageId: 'user', at: '-u1000' }] },
    {
      code: 'FROM node:22-alpine AS a\nFROM a\nRUN addgroup -g 1000 app && adduser -D -u 1000 -G app app\n',
      findings: [
        { messageId: 'group', at: '-g', data: { id: 1000, name: 'node', image: 'node:22-alpine' } },
        { messageId: 'user', at: '-u' },
      ],
    },
    {
      code: 'FROM alpine:3.22\nRUN addgroup -g 999 app\n',
      findings: [{ messageId: 'group', at: '-g', data: { id: 999, name: 'ping', image: 'alpine:3.22' } }],
    },
    { code: 'FROM debian:12\nRUN groupadd -g 20 app\n', findings: [{ messageId: 'group', at: '-g' }] },
  ],
});
