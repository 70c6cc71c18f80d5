import rule from '../../../server/src/rules/security/no-npm-strict-ssl-off';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nRUN npm config set strict-ssl true\n',
    'FROM a\nRUN npm ci && echo "strict-ssl false"\n',
    'FROM a\nENV NPM_CONFIG_STRICT_SSL=true\n',
    'FROM a\nRUN npm config get strict-ssl\n',
    'FROM a\nRUN npm ci --strict-ssl\n',
  ],
  invalid: [
    {
      code: 'FROM a\nRUN npm config set strict-ssl false && npm ci\n',
      findings: [{ messageId: 'off', at: 'strict-ssl' }],
      output: 'FROM a\nRUN npm ci\n',
    },
    {
      code: 'FROM a\nRUN yarn config set "strict-ssl"="false"\n',
      findings: [{ messageId: 'off', at: '"strict-ssl"="false"' }],
    },
    {
      code: 'FROM a\nRUN npm ci --strict-ssl=false b\n',
      findings: [{ messageId: 'off', at: '--strict-ssl=false' }],
      output: 'FROM a\nRUN npm ci b\n',
    },
    {
      code: 'FROM a\nRUN npm_config_strict_ssl=false npm ci\n',
      findings: [{ messageId: 'off', at: 'npm_config_strict_ssl=false' }],
      output: 'FROM a\nRUN npm ci\n',
    },
  ],
});
