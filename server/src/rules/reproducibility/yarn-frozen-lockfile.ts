import { frozenLockfileRule } from '../shared/frozenLockfile';

export default frozenLockfileRule({
  id: 'yarn-frozen-lockfile',
  unsafeIn: 'recommended',
  tool: 'yarn',
  lockFile: /\/yarn\.lock$/,
  subcommands: ['install', undefined],
  options: [
    '--frozen-lockfile',
    '--immutable',
    '--production',
    '--version',
    '-v',
    '--help',
    '--no-lockfile',
    '--pure-lockfile',
  ],
  setting: /YARN_ENABLE_IMMUTABLE_INSTALLS|\byarn set version\b|\.yarnrc\.yml|\.yarn\b|\bCI=/,
  docs: {
    description: 'Let Yarn install exactly what the lock file says',
    rationale:
      'Without the option, Yarn 1 resolves packages that are missing from the lock file, so the image contains untested versions. Yarn 2 and later use `--immutable` instead, and set it if `CI` is set.',
    bad: ['FROM node:22\nCOPY package.json yarn.lock ./\nRUN yarn install\n'],
    good: ['FROM node:22\nCOPY package.json yarn.lock ./\nRUN yarn install --frozen-lockfile\n'],
    references: ['https://classic.yarnpkg.com/lang/en/docs/cli/install/'],
  },
});
