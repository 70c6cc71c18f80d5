import rule from '../../../server/src/rules/correctness/graceful-stopsignal';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nSTOPSIGNAL SIGINT\n',
    'FROM a\nSTOPSIGNAL SIGQUIT\nCMD ["nginx"]\n',
    'FROM a\nSTOPSIGNAL SIGTERM\nCMD ["b"]\n',
  ],
  invalid: [
    {
      code: 'FROM a\nSTOPSIGNAL 9\n',
      findings: [{ messageId: 'kill', at: '9' }],
      output: 'FROM a\nSTOPSIGNAL SIGTERM\n',
    },
    {
      code: 'FROM a\nSTOPSIGNAL SIGTERM\nCMD ["/usr/sbin/nginx", "-g", "daemon off;"]\n',
      findings: [{ messageId: 'program', at: 'SIGTERM' }],
      output: 'FROM a\nSTOPSIGNAL SIGQUIT\nCMD ["/usr/sbin/nginx", "-g", "daemon off;"]\n',
      onbuild: false,
    },
    {
      code: 'FROM mcr.microsoft.com/windows/nanoserver:ltsc2022\nSTOPSIGNAL SIGTERM\n',
      findings: [{ messageId: 'windows', at: 'SIGTERM' }],
      escape: false,
    },
  ],
});
