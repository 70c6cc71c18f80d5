import rule from '../../../server/src/rules/security/no-extra-index-url';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nRUN pip install b\n',
    'FROM a\nRUN pip install --index-url https://c.example/simple b\n',
    'FROM a\nRUN pip install --extra-index-url https://download.pytorch.org/whl/cpu torch\n',
    'FROM a\nRUN pip install --extra-index-url=https://pypi.org/simple b\n',
    'FROM a\nRUN pip install --extra-index-url $C b\n',
    'FROM a\nRUN pip install --require-hashes --extra-index-url https://c.example/simple -r b\n',
    'FROM a\nENV PIP_EXTRA_INDEX_URL=https://www.piwheels.org/simple\n',
  ],
  invalid: [
    {
      code: 'FROM a\nRUN pip install --extra-index-url https://c.example/simple b\n',
      findings: [{ messageId: 'both', at: '--extra-index-url', data: { name: '--extra-index-url' } }],
    },
    {
      code: 'FROM a\nARG C=https://c.example\nRUN python -m pip install --extra-index-url=$C/simple b\n',
      findings: [{ messageId: 'both', at: '--extra-index-url=$C/simple' }],
    },
    {
      code: 'FROM a\nENV PIP_EXTRA_INDEX_URL=https://c.example/simple\n',
      findings: [{ messageId: 'both', at: 'PIP_EXTRA_INDEX_URL=https://c.example/simple' }],
    },
  ],
});
