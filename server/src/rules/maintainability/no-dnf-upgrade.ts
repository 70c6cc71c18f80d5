import { fullUpgrade } from '../../commands/systemPackages';
import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'no-dnf-upgrade',
    group: 'maintainability',
    severity: 'info',
    recommended: false,
    since: '0.1.0',
    scope: 'instruction',
    aliases: ['semgrep:avoid-yum-update', 'semgrep:avoid-dnf-update'],
    messages: {
      upgrade: '`{tool} {subcommand}` makes the image depend on the build date',
    },
    docs: {
      description: 'Get updates from the base image, not from dnf upgrade',
      rationale:
        'What an upgrade changes depends on the build date, not on the file. A newer base image has the same fixes, in layers that all images built on it share. Off by default, because teams that build every night may want exactly this.',
      bad: ['FROM fedora:40\nRUN dnf upgrade\n'],
      good: ['FROM fedora:40\nRUN date\n'],
      references: ['https://dnf.readthedocs.io/en/latest/command_ref.html#upgrade-command'],
    },
  },
  visits: { tools: ['dnf', 'yum', 'microdnf'] },
  create: ({ report }) => ({
    command(command) {
      const call = fullUpgrade(command, ['dnf', 'yum', 'microdnf'], UPGRADES);
      if (call)
        report(call.subcommand.span, 'upgrade', { data: { tool: call.tool, subcommand: call.subcommand.value } });
    },
  }),
});

/** With the aliases that dnf 4 and 5 have for them. */
const UPGRADES = ['update', 'upgrade', 'up', 'upgrade-minimal', 'up-min', 'update-minimal', 'distro-sync', 'dsync'];
