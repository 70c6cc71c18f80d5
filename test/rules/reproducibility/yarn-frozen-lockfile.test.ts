import rule from '../../../server/src/rules/reproducibility/yarn-frozen-lockfile';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nRUN yarn install --frozen-lockfile\n',
    'FROM a\nRUN yarn --version\n',
    'FROM a\nRUN rm -f yarn.lock && yarn\n',
    'FROM a\nRUN cp /b/package.json .\nRUN yarn\n',
    'FROM a\nRUN yarn add b\n',
    'FROM a\nCMD yarn install\n',
  ],
  invalid: [
    {
      code: 'FROM a\nRUN yarn && yarn build\n',
      findings: [{ messageId: 'unfrozen', at: 'yarn' }],
      output: 'FROM a\nRUN yarn --frozen-lockfile && yarn build\n',
    },
    {
      code: 'FROM a\nRUN cat package.json && yarn && rm yarn.lock\n',
      findings: [{ messageId: 'unfrozen', at: 'yarn' }],
      output: 'FROM a\nRUN cat package.json && yarn --frozen-lockfile && rm yarn.lock\n',
    },
    {
      code: 'FROM a\nRUN x && yarn install\n',
      findings: [{ messageId: 'unfrozen', at: 'install' }],
      output: 'FROM a\nRUN x && yarn install --frozen-lockfile\n',
    },
  ],
});
