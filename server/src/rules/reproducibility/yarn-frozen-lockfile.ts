import { addOption } from '../../dockerfile/edits/addOption';
import { defineRule } from '../../engine/rule';
import { unfrozenInstall } from '../shared/frozenLockfile';

export default defineRule({
  meta: {
    id: 'yarn-frozen-lockfile',
    group: 'reproducibility',
    severity: 'info',
    recommended: false,
    since: '0.1.0',
    aliases: [],
    fixable: 'unsafe',
    unsafeIn: 'recommended',
    messages: {
      unfrozen: '`{command}` may install versions that are not in the lock file',
      freeze: 'Add `--frozen-lockfile`',
    },
    docs: {
      description: 'Let Yarn install exactly what the lock file says',
      rationale:
        'Without the option, Yarn 1 resolves packages that are missing from the lock file, so the image contains untested versions. Yarn 2 and later use `--immutable` instead, and set it if `CI` is set.',
      fixSafety: 'Unsafe: the step fails if the lock file does not match or is not copied.',
      bad: ['FROM node:22\nCOPY package.json yarn.lock ./\nRUN yarn install\n'],
      good: ['FROM node:22\nCOPY package.json yarn.lock ./\nRUN yarn install --frozen-lockfile\n'],
      references: ['https://classic.yarnpkg.com/lang/en/docs/cli/install/'],
    },
  },
  visits: { tools: ['yarn'] },
  create: ({ dockerfile: { text }, report }) => ({
    command(command, on) {
      const install = unfrozenInstall(command, on, text, CHECK);
      if (!install) return;
      report(install.at.span, 'unfrozen', {
        data: { command: install.written },
        fix: { title: 'freeze', safety: 'unsafe', edits: [addOption(install.at, '--frozen-lockfile')] },
      });
    },
  }),
});

const CHECK = {
  tool: 'yarn',
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
};
