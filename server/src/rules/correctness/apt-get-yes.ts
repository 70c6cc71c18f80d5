import type { ShellCommand } from '../../shell/script';
import { yesRule } from '../shared/assumeYes';

export default yesRule({
  id: 'apt-get-yes',
  aliases: [
    'DL3014',
    'DS-0021',
    'DS021',
    'AVD-DS-0021',
    'DF015',
    'kics:apt_get_missing_flags_to_avoid_manual_input',
    'semgrep:missing-assume-yes-switch',
  ],
  tools: ['apt-get', 'apt'],
  subcommands: ['install', 'upgrade', 'dist-upgrade', 'full-upgrade', 'remove', 'purge', 'autoremove', 'build-dep'],
  options: ['-y', '--yes', '--assume-yes', '--dry-run', '-s', '--simulate', '--download-only', '-d'],
  // hadolint only checks apt-get.
  isAnswered: (command, _, { settings }) =>
    isQuiet(command) || (settings.dialect === 'hadolint' && command.name === 'apt'),
  docs: {
    description: 'Answer the prompts of apt-get install with -y',
    bad: ['FROM debian:12\nRUN apt-get install curl\n'],
    good: ['FROM debian:12\nRUN apt-get install -y curl\n'],
    references: ['https://manpages.debian.org/bookworm/apt/apt-get.8.en.html'],
  },
});

/** `-q -q` and `-q=2` imply -y, and the setting Assume-Yes answers the prompt. */
function isQuiet({ words }: ShellCommand): boolean {
  const quiet = words
    .map(({ value }) => (value === '--quiet' ? 1 : /^-[a-zA-Z]+$/.test(value) ? value.split('q').length - 1 : 0))
    .reduce((sum, count) => sum + count, 0);
  return quiet > 1 || words.some(({ value }) => /^(?:-q=[2-9]|--quiet=[2-9]|-?.*Assume-Yes=)/i.test(value));
}
