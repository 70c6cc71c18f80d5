import rule from '../../../server/src/rules/reproducibility/pnpm-frozen-lockfile';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nRUN pnpm install --frozen-lockfile\n',
    'FROM a\nRUN pnpm --version\n',
    'FROM a\nRUN pnpm add b\n',
    'FROM a\nCMD pnpm install\n',
    'FROM a\nRUN pnpm install --frozen-lockfile || pnpm install\n',
  ],
  invalid: [
    {
      code: 'FROM a\nRUN pnpm i --prod\n',
      findings: [{ messageId: 'unfrozen', at: 'i' }],
      output: 'FROM a\nRUN pnpm i --frozen-lockfile --prod\n',
    },

    {
      code: 'FROM a\nRUN x && pnpm install\n',
      findings: [{ messageId: 'unfrozen', at: 'install' }],
      output: 'FROM a\nRUN x && pnpm install --frozen-lockfile\n',
    },
  ],
});
