import rule from '../../../server/src/rules/security/no-python-https-verify-off';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nENV PYTHONHTTPSVERIFY=1\n',
    'FROM a\nENV XPYTHONHTTPSVERIFY=0\n',
    'FROM a\nARG PYTHONHTTPSVERIFY\n',
    'FROM a\nRUN echo PYTHONHTTPSVERIFY=0\n',
    'FROM a\nRUN PYTHONHTTPSVERIFY_X=0 b\n',
  ],
  invalid: [
    {
      code: 'FROM a\nENV PYTHONHTTPSVERIFY=0\nRUN b\n',
      findings: [{ messageId: 'off', at: 'PYTHONHTTPSVERIFY=0' }],
      output: 'FROM a\nRUN b\n',
      onbuild: false,
    },
    {
      code: 'FROM a\nENV PYTHONHTTPSVERIFY 0\nRUN b\n',
      findings: [{ messageId: 'off', at: 'PYTHONHTTPSVERIFY 0' }],
      output: 'FROM a\nRUN b\n',
      onbuild: false,
    },
    {
      code: 'FROM a\nARG C=1 PYTHONHTTPSVERIFY="0"\n',
      findings: [{ messageId: 'off', at: 'PYTHONHTTPSVERIFY="0"' }],
      output: 'FROM a\nARG C=1\n',
      onbuild: false,
    },
    {
      code: 'FROM a\nRUN x; C=1 PYTHONHTTPSVERIFY=0 b && c\n',
      findings: [{ messageId: 'off', at: 'PYTHONHTTPSVERIFY=0' }],
      output: 'FROM a\nRUN x; C=1 b && c\n',
    },
    {
      code: 'FROM a\nRUN export PYTHONHTTPSVERIFY=0 && b\n',
      findings: [{ messageId: 'off', at: 'PYTHONHTTPSVERIFY=0' }],
    },
  ],
});
