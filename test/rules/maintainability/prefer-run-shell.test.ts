import rule from '../../../server/src/rules/maintainability/prefer-run-shell';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  onbuild: false,
  valid: [
    'FROM a\nRUN usermod -s /bin/bash b\n',
    'FROM a\nRUN usermod -aG sudo root\n',
    'FROM a\nCMD chsh -s /bin/bash\n',
    'FROM a\nCMD ["pwsh", "-Command", "b"]\n',
    'FROM a\nRUN b | pwsh\n',
    'FROM a\nRUN powershell_version=7 b\n',
  ],
  invalid: [
    {
      code: 'FROM a\nRUN sudo usermod --shell /bin/bash root && b\n',
      findings: [{ messageId: 'login', at: 'sudo usermod --shell /bin/bash root', data: { command: 'usermod' } }],
    },
    { code: 'FROM a\nRUN chsh -s $(which zsh)\n', findings: [{ messageId: 'login', at: 'chsh -s $(which zsh)' }] },
    {
      code: 'FROM a\nRUN ["C:\\\\\\\\b\\\\\\\\powershell.exe", "-Command", "c"]\n',
      escape: false,
      findings: [
        { messageId: 'starts', at: '"C:\\\\\\\\b\\\\\\\\powershell.exe"', data: { command: 'powershell.exe' } },
      ],
    },
    { code: 'FROM a\nRUN pwsh -Command b\n', findings: [{ messageId: 'starts', at: 'pwsh' }] },
  ],
});
