import { addOption } from '../../dockerfile/edits/addOption';
import { defineRule } from '../../engine/rule';
import { unfrozenInstall } from '../shared/frozenLockfile';

export default defineRule({
  meta: {
    id: 'bun-frozen-lockfile',
    group: 'reproducibility',
    severity: 'info',
    recommended: false,
    since: '0.2.0',
    aliases: [],
    fixable: 'unsafe',
    messages: {
      unfrozen: '`{command}` may install versions that are not in the lock file',
      freeze: 'Add `--frozen-lockfile`',
    },
    docs: {
      description: 'Let Bun install exactly what the lock file says',
      rationale:
        'Without the option, Bun resolves packages that are missing from `bun.lock` and writes the file anew, so the image contains untested versions.',
      fixSafety: 'Unsafe: the step fails if the lock file does not match or is not copied.',
      bad: ['FROM oven/bun:1.3-slim\nCOPY package.json bun.lock ./\nRUN bun install\n'],
      good: ['FROM oven/bun:1.3-slim\nCOPY package.json bun.lock ./\nRUN bun install --frozen-lockfile\n'],
      references: ['https://bun.com/docs/pm/cli/install', 'https://bun.com/guides/ecosystem/docker'],
    },
  },
  visits: { tools: ['bun'] },
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

/** `--production` freezes the lock file as well. */
const CHECK = {
  tool: 'bun',
  subcommands: ['install', 'i'],
  options: ['--frozen-lockfile', '--production', '-p', '--no-save', '-g', '--global', '--dry-run', '-h', '--help'],
  setting: /frozenLockfile\s*=\s*true/,
};
