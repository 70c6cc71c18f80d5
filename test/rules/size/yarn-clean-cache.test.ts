import rule from '../../../server/src/rules/size/yarn-clean-cache';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a AS b\nRUN yarn install --frozen-lockfile\nFROM c\nCOPY --from=b /x /x\n',
    'FROM a\nRUN yarn install && yarn cache clean\n',
    'FROM a\nRUN yarn add b && rm -rf /usr/local/share/.cache\n',
    'FROM a\nRUN --mount=type=cache,target=/usr/local/share/.cache/yarn yarn install\n',
    'FROM a\nRUN --mount=type=tmpfs,target=/root/.cache/yarn yarn add b\n',
    'FROM a\nRUN yarn build\n',
    'FROM a\nCOPY .yarn/ .yarn/\nRUN yarn install\n',
    'FROM a\nRUN corepack enable\nRUN yarn install --immutable\n',
    'FROM a\nRUN yarn --version\n',
    'FROM a\nCMD yarn install\n',
  ],
  invalid: [
    {
      code: 'FROM a\nRUN yarn install\n',
      findings: [{ messageId: 'missing', at: 'install' }],
      output: 'FROM a\nRUN yarn install && yarn cache clean\n',
    },
    {
      code: 'FROM a\nRUN date \\\n  && yarn add b\n',
      findings: [{ messageId: 'missing', at: 'add' }],
      output: 'FROM a\nRUN date \\\n  && yarn add b \\\n  && yarn cache clean\n',
    },
  ],
});
