import { upgradeRule } from '../shared/upgrades';

export default upgradeRule({
  id: 'no-dnf-upgrade',
  aliases: ['semgrep:avoid-yum-update', 'semgrep:avoid-dnf-update', 'DF069'],
  tools: ['dnf', 'yum', 'microdnf'],
  // Includes the aliases of dnf 4 and 5.
  subcommands: ['update', 'upgrade', 'up', 'upgrade-minimal', 'up-min', 'update-minimal', 'distro-sync', 'dsync'],
  docs: {
    description: 'Get updates from the base image, not from dnf upgrade',
    bad: ['FROM fedora:40\nRUN dnf upgrade\n'],
    good: ['FROM fedora:40\nRUN date\n'],
    references: ['https://dnf.readthedocs.io/en/latest/command_ref.html#upgrade-command'],
  },
});
