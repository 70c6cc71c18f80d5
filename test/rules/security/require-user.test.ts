import rule from '../../../server/src/rules/security/require-user';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM debian:12\nCMD ["b"]\n',
    'FROM a/b\nUSER c\n',
    'FROM $A\n',
    'FROM bitnami/node\n',
    'FROM dhi.io/node:24-alpine3.22\n',
    'FROM bitnamilegacy/redis:7\n',
    'FROM registry.access.redhat.com/ubi9/nodejs-20\n',
    'FROM flink:1\n',
    'FROM a/b\nCMD ["bash"]\n',
    'FROM a/b\nENTRYPOINT ["gosu", "c"]\n',
    'FROM postgres:16\n',
    'FROM a/b AS c\nUSER d\nFROM c\n',
  ],
  invalid: [
    {
      code: 'FROM dhi.io/node:24-alpine3.22-dev\n',
      findings: [{ messageId: 'unknown', at: 'dhi.io/node:24-alpine3.22-dev' }],
    },
    // Nothing is started.
    { code: 'FROM debian:12\nRUN b\n', findings: [{ messageId: 'root', at: 'debian:12' }] },
    {
      code: 'FROM a/b\nCMD ["bash", "c.sh"]\n',
      findings: [{ messageId: 'unknown', at: 'a/b', data: { image: 'a/b' } }],
    },
    { code: 'FROM a AS b\nFROM scratch\nCOPY --from=b /c /d\n', findings: [{ messageId: 'scratch', at: 'scratch' }] },
  ],
});
