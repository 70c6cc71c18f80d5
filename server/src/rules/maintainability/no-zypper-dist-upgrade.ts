import { upgradeRule } from '../shared/upgrades';

export default upgradeRule({
  id: 'no-zypper-dist-upgrade',
  aliases: ['DL3035', 'DF044', 'semgrep:avoid-zypper-update'],
  tools: ['zypper'],
  subcommands: ['dist-upgrade', 'dup', 'update', 'up'],
  docs: {
    description: 'Get updates from the base image, not from zypper dist-upgrade',
    bad: ['FROM opensuse/leap:15.6\nRUN zypper dist-upgrade\n'],
    good: ['FROM opensuse/leap:15.6\nRUN date\n'],
    references: ['https://en.opensuse.org/SDB:Zypper_manual'],
  },
});
