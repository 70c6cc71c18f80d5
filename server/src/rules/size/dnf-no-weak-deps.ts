import { packageCommand } from '../../commands/packageCommand';
import { addOption } from '../../dockerfile/edits/addOption';
import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'dnf-no-weak-deps',
    group: 'size',
    severity: 'info',
    recommended: false,
    since: '0.1.0',
    aliases: [],
    fixable: 'unsafe',
    unsafeIn: 'recommended',
    messages: {
      weak: '`{tool} install` also installs packages that are only recommended',
      add: 'Add `{option}`',
    },
    docs: {
      description: 'Leave out weak dependencies',
      rationale:
        'Packages recommend other packages that they can do without. An image rarely needs them, and they are often larger than the package itself.',
      fixSafety: { unsafe: 'a program may need a package that is only recommended.' },
      bad: ['FROM fedora:40\nRUN dnf install -y git\n'],
      good: ['FROM fedora:40\nRUN dnf install -y --setopt=install_weak_deps=False git\n'],
      references: ['https://dnf.readthedocs.io/en/latest/conf_ref.html'],
    },
  },
  visits: { tools: ['dnf', 'dnf5', 'microdnf'] },
  create: ({ dockerfile: { text }, report }) => ({
    command(command, on) {
      const call = packageCommand(command, ['dnf', 'dnf5', 'microdnf'], on);
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
