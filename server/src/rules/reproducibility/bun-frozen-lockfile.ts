import { frozenLockfileRule } from '../shared/frozenLockfile';

export default frozenLockfileRule({
  id: 'bun-frozen-lockfile',
  since: '0.2.0',
  recommended: true,
  tool: 'bun',
  lockFile: /\/bun\.lockb?$/,
  subcommands: ['install', 'i'],
  // `--production` freezes the lock file as well.
  options: ['--frozen-lockfile', '--production', '-p', '--no-save', '-g', '--global', '--dry-run', '-h', '--help'],
  setting: /frozenLockfile\s*=\s*true/,
  docs: {
    description: 'Let Bun install exactly what the lock file says',
    rationale:
      'Without the option, Bun resolves packages that are missing from `bun.lock` and writes the file anew, so the image contains untested versions.',
    bad: ['FROM oven/bun:1.3-slim\nCOPY package.json bun.lock ./\nRUN bun install\n'],
    good: ['FROM oven/bun:1.3-slim\nCOPY package.json bun.lock ./\nRUN bun install --frozen-lockfile\n'],
    references: ['https://bun.com/docs/pm/cli/install', 'https://bun.com/guides/ecosystem/docker'],
  },
});
