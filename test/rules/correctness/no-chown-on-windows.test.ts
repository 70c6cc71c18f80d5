import rule from '../../../server/src/rules/correctness/no-chown-on-windows';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM debian:12\nCOPY --chown=a b /c\n',
    'FROM a\nCOPY --chown=a b /c\n',
    'FROM mcr.microsoft.com/windows/servercore:ltsc2022\nCOPY a /b\n',
  ],
  invalid: [
    {
      code: 'FROM mcr.microsoft.com/windows/nanoserver:ltsc2022 AS x\nFROM x\nADD --chown=a b /c\n',
      findings: [{ messageId: 'chown', at: '--chown=a' }],
      output: 'FROM mcr.microsoft.com/windows/nanoserver:ltsc2022 AS x\nFROM x\nADD b /c\n',
      escape: false,
    },

    {
      code: 'FROM mcr.microsoft.com/windows/servercore:ltsc2022\nCOPY --from=x --chown=a:b c /d\n',
      findings: [{ messageId: 'chown', at: '--chown=a:b' }],
      output: 'FROM mcr.microsoft.com/windows/servercore:ltsc2022\nCOPY --from=x c /d\n',
      escape: false,
    },
  ],
});
