import { yesRule } from '../shared/assumeYes';

export default yesRule({
  id: 'zypper-non-interactive',
  aliases: [
    'DL3034',
    'DF043',
    'kics:missing_zypper_non_interactive_switch',
    'semgrep:missing-zypper-no-confirm-switch',
  ],
  tools: ['zypper'],
  subcommands: [
    'install',
    'in',
    'remove',
    'rm',
    'patch',
    'update',
    'up',
    'dist-upgrade',
    'dup',
    'source-install',
    'si',
  ],
  options: ['-n', '--non-interactive', '-y', '--no-confirm', '--non-interactive-include-reboot-patches'],
  docs: {
    description: 'Answer the prompts of zypper with -y',
    bad: ['FROM opensuse/leap:15.6\nRUN zypper install curl\n'],
    good: ['FROM opensuse/leap:15.6\nRUN zypper install -y curl\n'],
    references: ['https://en.opensuse.org/SDB:Zypper_manual'],
  },
});
