import { packageCommand } from '../../commands/packageCommand';
import { defineRule } from '../../engine/rule';
import { addOption } from '../shared/addOption';

export default defineRule({
  meta: {
    id: 'dnf-no-weak-deps',
    group: 'size',
    severity: 'info',
    recommended: false,
    since: '0.1.0',
    aliases: [],
    fixable: 'unsafe',
    messages: {
      weak: '`{tool} install` also installs what packages merely recommend',
      add: 'Add `{option}`',
    },
    docs: {
      description: 'Leave weak dependencies out',
      rationale:
        'Packages recommend others that they can do without. In an image nobody misses them, and they are often more than the package itself.',
      fixSafety: 'Unsafe: a program may need what its package only recommends.',
      bad: ['FROM fedora:40\nRUN dnf install -y git\n'],
      good: ['FROM fedora:40\nRUN dnf install -y --setopt=install_weak_deps=False git\n'],
      references: ['https://dnf.readthedocs.io/en/latest/conf_ref.html'],
    },
  },
  visits: { tools: ['dnf', 'dnf5', 'microdnf'] },
  create: ({ dockerfile: { text }, report }) => ({
    command(command) {
      const call = packageCommand(command, ['dnf', 'dnf5', 'microdnf']);
      const subcommand = call?.subcommand;
      if (!call || subcommand?.value !== 'install' || text.includes('install_weak_deps')) return;
      const option = '--setopt=install_weak_deps=False';
      report(subcommand.span, 'weak', {
        data: { tool: call.tool, option },
        fix: { title: 'add', safety: 'unsafe', edits: [addOption(subcommand, option)] },
      });
    },
  }),
});
