import rule from '../../../server/src/rules/reproducibility/bun-frozen-lockfile';
import { buildContextOf } from '../../helpers/buildContext';
import { testRule } from '../../helpers/ruleTester';

const UNLOCKED = buildContextOf({ 'package.json': '{}', 'package-lock.json': '{}', 'a.ts': '' });

testRule(rule, {
  valid: [
    'FROM a\nRUN bun install --frozen-lockfile\n',
    'FROM a\nRUN bun install --production\n',
    'FROM a\nRUN bun install -g b\n',
    'FROM a\nRUN bun install b@1.0.0\n',
    'FROM a\nRUN bun run build\n',
    { code: 'FROM a\nCOPY . .\nRUN bun install\n', buildContext: UNLOCKED },
    { code: 'FROM a AS b\nCOPY package.json ./\nFROM b\nRUN bun install\n', buildContext: UNLOCKED },
  ],
  invalid: [
    ...['COPY a.ts ./', 'COPY package.json ./\nCOPY --from=a /c .', 'COPY package.json bun.lockb ./'].map((copy) => ({
      code: `FROM a\n${copy}\nRUN bun install\n`,
      buildContext: buildContextOf({ 'package.json': '{}', 'bun.lockb': '', 'a.ts': '' }),
      findings: [{ messageId: 'unfrozen' as const, at: 'install' }],
      output: `FROM a\n${copy}\nRUN bun install --frozen-lockfile\n`,
    })),
    {
      code: 'FROM a\nCOPY package.json ./\nRUN --mount=type=bind,source=b,target=bun.lock bun install\n',
      buildContext: UNLOCKED,
      findings: [{ messageId: 'unfrozen', at: 'install' }],
      output:
        'FROM a\nCOPY package.json ./\nRUN --mount=type=bind,source=b,target=bun.lock bun install --frozen-lockfile\n',
    },
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
