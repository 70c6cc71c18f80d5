import rule from '../../../server/src/rules/security/require-secret-mount';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nRUN --mount=type=secret,id=b npm ci --token $NPM_TOKEN\n',
    'FROM a\nRUN npm ci\n',
    'FROM a\nRUN b $TOKEN\n',
  ],
  invalid: [
    {
      code: 'FROM a\nRUN npm config set //b/:_authToken=$NPM_TOKEN && npm ci\n',
      findings: [{ messageId: 'variable', at: '$NPM_TOKEN', data: { name: 'NPM_TOKEN', tool: 'npm' } }],
    },

    {
      code: 'FROM a\nRUN pip install -i https://u:${PIP_TOKEN}@b c\n',
      findings: [{ messageId: 'variable', at: '${PIP_TOKEN', data: { name: 'PIP_TOKEN', tool: 'pip' } }],
    },
  ],
});
