import rule from '../../../server/src/rules/security/no-root-owned-workdir';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM debian:12\nUSER b\nWORKDIR /c\n',
    'FROM debian:12\nWORKDIR /c\nRUN chown b /c\nUSER b\n',
    'FROM debian:12\nWORKDIR /c\n',
    'FROM debian:12\nWORKDIR /home/b\nUSER b\n',
    'FROM a\nWORKDIR /c\nUSER b\n',
  ],
  invalid: [
    {
      code: 'FROM node:20\nUSER root\nWORKDIR /app/b\nUSER node\nCMD ["node"]\n',
      findings: [{ messageId: 'root', at: 'WORKDIR /app/b', data: { path: '/app/b', user: 'node' } }],
      onbuild: false,
    },

    {
      code: 'FROM debian:12\nWORKDIR /c\nUSER b\n',
      findings: [{ messageId: 'root', at: 'WORKDIR /c', data: { path: '/c', user: 'b' } }],
      onbuild: false,
    },
  ],
});
