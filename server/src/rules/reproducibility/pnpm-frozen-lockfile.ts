import { frozenLockfileRule } from '../shared/frozenLockfile';

export default frozenLockfileRule({
  id: 'pnpm-frozen-lockfile',
  unsafeIn: 'recommended',
  tool: 'pnpm',
  lockFile: /\/pnpm-lock\.yaml$/,
  subcommands: ['install', 'i'],
  options: [
    '--frozen-lockfile',
    '--no-frozen-lockfile',
    '--prefer-frozen-lockfile',
    '--no-lockfile',
    '--offline',
    '-g',
    '--global',
  ],
  setting: /\bCI=|frozen-lockfile=/,
  docs: {
    description: 'Let pnpm install exactly what the lock file says',
    rationale:
      'If `CI` is not set, pnpm resolves packages that are missing from the lock file, so the image contains untested versions.',
    bad: ['FROM node:22\nCOPY package.json pnpm-lock.yaml ./\nRUN pnpm install\n'],
    good: ['FROM node:22\nCOPY package.json pnpm-lock.yaml ./\nRUN pnpm install --frozen-lockfile\n'],
    references: ['https://pnpm.io/cli/install#--frozen-lockfile'],
  },
});
