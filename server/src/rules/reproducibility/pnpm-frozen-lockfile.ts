import { addOption } from '../../dockerfile/edits/addOption';
import { defineRule } from '../../engine/rule';
import { unfrozenInstall } from '../shared/frozenLockfile';

export default defineRule({
  meta: {
    id: 'pnpm-frozen-lockfile',
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
      description: 'Let pnpm install exactly what the lock file says',
      rationale:
        'If `CI` is not set, pnpm resolves packages that are missing from the lock file, so the image contains untested versions.',
      fixSafety: 'Unsafe: the step fails if the lock file does not match or is not copied.',
      bad: ['FROM node:22\nCOPY package.json pnpm-lock.yaml ./\nRUN pnpm install\n'],
      good: ['FROM node:22\nCOPY package.json pnpm-lock.yaml ./\nRUN pnpm install --frozen-lockfile\n'],
      references: ['https://pnpm.io/cli/install#--frozen-lockfile'],
    },
  },
  visits: { tools: ['pnpm'] },
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
  tool: 'pnpm',
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
};
