import rule from '../../../server/src/rules/correctness/require-healthcheck-tool';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM python:3.12\nHEALTHCHECK CMD curl b\n',
    'FROM python:3.12-slim\nRUN apt-get install -y curl\nHEALTHCHECK CMD curl b\n',
    'FROM alpine:3.20\nHEALTHCHECK CMD wget -q b\n',
    'FROM a\nHEALTHCHECK CMD curl b\n',
    'FROM debian:12\nRUN ./install.sh\nHEALTHCHECK CMD curl b\n',
    'FROM debian:12\nHEALTHCHECK NONE\n',
    'FROM debian:12\nHEALTHCHECK CMD pg_isready\n',
  ],
  invalid: [
    {
      code: 'FROM node:22-slim\nHEALTHCHECK --interval=5s CMD wget -q b || exit 1\n',
      findings: [{ messageId: 'missing', at: 'wget', data: { name: 'wget', image: 'node' } }],
    },
    {
      code: 'FROM node:22-alpine\nHEALTHCHECK CMD ["curl", "b"]\n',
      findings: [{ messageId: 'missing', at: '"curl"' }],
    },
  ],
});
