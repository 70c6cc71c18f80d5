import rule from '../../../server/src/rules/security/no-debug-env';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nENV DEBUG=false\n',
    'FROM a\nENV DEBUG=$D\n',
    'FROM a AS x\nENV DEBUG=1\nFROM b\n',
    'FROM a\nENV NODE_ENV=production\n',
    'FROM a\nENV DEBUG_LEVEL=1\n',
    'FROM a\nARG DEBUG=1\n',
    'FROM a\nENV ENV=/root/.shrc\n',
    'FROM a\nENV XDEBUG_MODE=off CONDA_DEFAULT_ENV=dev MY_DEBUG=0\n',
  ],
  invalid: [
    {
      name: 'of any program, and from a variable',
      code: 'FROM a\nARG B=true\nENV XDEBUG_MODE=develop,trace MY_DEBUG=$B MY_ENV=develop\n',
      findings: [
        { messageId: 'debug', at: 'XDEBUG_MODE=develop,trace' },
        { messageId: 'debug', at: 'MY_DEBUG=$B' },
        { messageId: 'debug', at: 'MY_ENV=develop' },
      ],
    },
    {
      code: 'FROM b\nENV FLASK_DEBUG=1 FLASK_ENV=development\n',
      findings: [
        { messageId: 'debug', at: 'FLASK_DEBUG=1' },
        { messageId: 'debug', at: 'FLASK_ENV=development' },
      ],
    },
    {
      code: 'FROM a\nENV ENV=development DOTNET_ENVIRONMENT=Development\n',
      findings: [
        { messageId: 'debug', at: 'ENV=development' },
        { messageId: 'debug', at: 'DOTNET_ENVIRONMENT=Development' },
      ],
    },
    {
      code: 'FROM a AS b\nENV debug=true\nFROM b\nENV NODE_ENV=development C=1\n',
      findings: [
        { messageId: 'debug', at: 'debug=true' },
        { messageId: 'debug', at: 'NODE_ENV=development' },
      ],
    },
  ],
});
