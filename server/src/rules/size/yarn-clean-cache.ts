import { isBerry } from '../../app/yarnBerry';
import { cleaningRule } from '../shared/cleanAfterInstall';

export default cleaningRule({
  id: 'yarn-clean-cache',
  aliases: ['DL3060', 'DF055', 'yarnCacheCleanAfterInstall'],
  phase: 'cleaning',
  tools: ['yarn'],
  installs: ({ subcommand, has }) => INSTALLS.has(subcommand?.value) && !has('--cache-folder', '--version', '-v'),
  caches: ['/usr/local/share/.cache', '/root/.cache/yarn', '/root/.yarn'],
  cleans: ['cache'],
  command: 'cache clean',
  isKept: isBerry,
  docs: {
    description: 'Clean the Yarn cache in the RUN that installs',
    rationale:
      'Yarn 1 keeps a copy of every downloaded package outside the project. In an image, that copy is never read again.',
    bad: ['FROM node:22-slim\nRUN yarn install --frozen-lockfile\n'],
    good: ['FROM node:22-slim\nRUN yarn install --frozen-lockfile && yarn cache clean\n'],
    references: ['https://classic.yarnpkg.com/en/docs/cli/cache/'],
  },
});

const INSTALLS: ReadonlySet<string | undefined> = new Set(['install', 'add', undefined]);
