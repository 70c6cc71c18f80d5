import rule from '../../../server/src/rules/correctness/powershell-stop-on-error';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nSHELL ["powershell", "-Command", "$ErrorActionPreference = \'Stop\'; $ProgressPreference = \'SilentlyContinue\';"]\n',
    'FROM a\nSHELL ["cmd", "/S", "/C"]\n',
    'FROM a\nSHELL ["bash", "-c"]\n',
    'FROM a\nSHELL ["pwsh", "-Command", "$ErrorActionPreference = 1;"]\n',
  ],
  invalid: [
    {
      code: 'FROM a\nSHELL ["powershell.exe", "-NoProfile", "-Command"]\n',
      findings: [{ messageId: 'goesOn', at: '["powershell.exe", "-NoProfile", "-Command"]' }],
    },

    { code: 'FROM a\nSHELL ["pwsh", "-Command"]\n', findings: [{ messageId: 'goesOn', at: '["pwsh", "-Command"]' }] },
  ],
});
