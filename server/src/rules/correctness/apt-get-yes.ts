import { addOption } from '../../dockerfile/edits/addOption';
import { defineRule } from '../../engine/rule';
import type { ShellCommand } from '../../shell/script';
import { unansweredQuestion } from '../shared/assumeYes';

export default defineRule({
  meta: {
    id: 'apt-get-yes',
    group: 'correctness',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    scope: 'instruction',
    aliases: [
      'DL3014',
      'DS-0021',
      'DS021',
      'AVD-DS-0021',
      'DF015',
      'kics:apt_get_missing_flags_to_avoid_manual_input',
      'semgrep:missing-assume-yes-switch',
    ],
    fixable: 'safe',
    messages: {
      asks: '`{tool} {subcommand}` without -y prompts, and a build cannot answer',
      add: 'Add -y',
    },
    docs: {
      description: 'Answer the prompts of apt-get install with -y',
      rationale:
        'If a package has dependencies, the package manager asks before it continues. A build cannot answer, so the package manager aborts and the build fails.',
      fixSafety: 'Safe: the requested packages are installed.',
      bad: ['FROM debian:12\nRUN apt-get install curl\n'],
      good: ['FROM debian:12\nRUN apt-get install -y curl\n'],
      references: ['https://manpages.debian.org/bookworm/apt/apt-get.8.en.html'],
    },
  },
  visits: { tools: ['apt-get', 'apt'] },
  create: ({ settings, report }) => ({
    command(command, on) {
      // hadolint looks at apt-get only.
      if (settings.dialect === 'hadolint' && command.name === 'apt') return;
      const question = unansweredQuestion(command, on, CHECK);
      if (!question || isQuiet(command)) return;
      report(question.span, 'asks', {
        data: { tool: command.name, subcommand: question.value },
        fix: { title: 'add', safety: 'safe', edits: [addOption(question, '-y')] },
      });
    },
  }),
});

const CHECK = {
  tools: ['apt-get', 'apt'],
  subcommands: ['install', 'upgrade', 'dist-upgrade', 'full-upgrade', 'remove', 'purge', 'autoremove', 'build-dep'],
  options: ['-y', '--yes', '--assume-yes', '--force-yes', '--dry-run', '-s', '--simulate', '--download-only', '-d'],
};

/** `-q -q` and `-q=2` imply an answer, and so does the setting. */
function isQuiet({ words }: ShellCommand): boolean {
  const quiet = words
    .map(({ value }) => (value === '--quiet' ? 1 : /^-[a-zA-Z]+$/.test(value) ? value.split('q').length - 1 : 0))
    .reduce((sum, count) => sum + count, 0);
  return quiet > 1 || words.some(({ value }) => /^(?:-q=[2-9]|--quiet=[2-9]|-?.*Assume-Yes=)/i.test(value));
}
