import rule from '../../../server/src/rules/maintainability/no-telemetry';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nENV DOTNET_CLI_TELEMETRY_OPTOUT=1\nRUN dotnet build\n',
    'FROM a\nENV DO_NOT_TRACK=1\nRUN next build\n',
    'FROM a\nRUN make\n',
    'FROM a\nCMD dotnet b.dll\n',
  ],
  invalid: [
    {
      code: 'FROM a\nWORKDIR /b\nRUN next build && ng build\n',
      findings: [
        { messageId: 'sends', at: 'next' },
        { messageId: 'sends', at: 'ng' },
      ],
      output:
        'FROM a\nWORKDIR /b\nENV NEXT_TELEMETRY_DISABLED=1\nENV NG_CLI_ANALYTICS=false\nRUN next build && ng build\n',
      onbuild: false,
    },

    {
      code: 'FROM a\nRUN dotnet restore && dotnet build\n',
      findings: [{ messageId: 'sends', at: 'dotnet' }],
      output: 'FROM a\nENV DOTNET_CLI_TELEMETRY_OPTOUT=1\nRUN dotnet restore && dotnet build\n',
      onbuild: false,
    },
  ],
});
