import rule from '../../../server/src/rules/security/no-pip-trusted-host';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nRUN pip install b\n',
    'FROM a\nRUN pip install b | grep "--trusted-host"\n',
    'FROM a\nENV PIP_TRUSTED_HOSTS=b\n',
    'FROM a\nRUN X_PIP_TRUSTED_HOST=b pip install c\n',
    'FROM a\nRUN echo --trusted-host b\n',
  ],
  invalid: [
    {
      name: 'in the configuration',
      code: 'FROM a\nRUN pip config set global.trusted-host b.c\n',
      findings: [{ messageId: 'off', at: 'global.trusted-host' }],
    },
    {
      code: 'FROM a\nRUN pip3 install b --trusted-host c --trusted-host=d\n',
      findings: [
        { messageId: 'off', at: '--trusted-host' },
        { messageId: 'off', at: '--trusted-host=d' },
      ],
      output: 'FROM a\nRUN pip3 install b\n',
    },
    {
      code: 'FROM a\nENV PIP_TRUSTED_HOST=b\nRUN c\n',
      findings: [{ messageId: 'off', at: 'PIP_TRUSTED_HOST=b' }],
      output: 'FROM a\nRUN c\n',
      onbuild: false,
    },
    {
      code: 'FROM a\nRUN PIP_TRUSTED_HOST="b" python -m pip install c\n',
      findings: [{ messageId: 'off', at: 'PIP_TRUSTED_HOST="b"' }],
      output: 'FROM a\nRUN python -m pip install c\n',
    },
  ],
});
