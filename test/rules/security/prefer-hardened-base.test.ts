import rule from '../../../server/src/rules/security/prefer-hardened-base';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM node:22-alpine\nCMD ["node", "b"]\n',
    'FROM node:22\nRUN npm ci\nCMD ["node", "b"]\n',
    'FROM node:22\nCMD node b\n',
    'FROM a\nCMD ["b"]\n',
    'FROM ghcr.io/node:22\nCMD ["b"]\n',
  ],
  invalid: [
    {
      code: 'FROM node:22 AS x\nRUN npm ci\nFROM node:22\nCOPY --from=x /b /b\nCMD ["/b/c.js"]\n',
      findings: [{ messageId: 'hardened', at: ['node:22', 2] }],
    },

    {
      code: 'FROM eclipse-temurin:21-jre\nCMD ["java", "-jar", "b"]\n',
      findings: [
        {
          messageId: 'hardened',
          at: 'eclipse-temurin:21-jre',
          data: { suggestion: 'gcr.io/distroless/java21-debian12' },
        },
      ],
    },
  ],
});
