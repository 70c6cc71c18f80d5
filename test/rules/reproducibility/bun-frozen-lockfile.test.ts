import rule from '../../../server/src/rules/reproducibility/bun-frozen-lockfile';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nRUN bun install --frozen-lockfile\n',
    'FROM a\nRUN bun install --production\n',
    'FROM a\nRUN bun install -g b\n',
    'FROM a\nRUN bun install b@1.0.0\n',
    'FROM a\nRUN bun run build\n',
  ],
  invalid: [
    {
      code: 'FROM a\nRUN bun install\n',
      findings: [{ messageId: 'unfrozen', at: 'install', data: { command: 'bun install' } }],
      output: 'FROM a\nRUN bun install --frozen-lockfile\n',
    },
    {
      code: 'FROM a\nRUN cd b && bun i --verbose && c\n',
      findings: [{ messageId: 'unfrozen', at: 'i' }],
      output: 'FROM a\nRUN cd b && bun i --frozen-lockfile --verbose && c\n',
    },
  ],
});
