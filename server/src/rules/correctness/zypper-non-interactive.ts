import { addOption } from '../../dockerfile/edits/addOption';
import { defineRule } from '../../engine/rule';
import { unansweredQuestion } from '../shared/assumeYes';

export default defineRule({
  meta: {
    id: 'zypper-non-interactive',
    group: 'correctness',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    scope: 'instruction',
    aliases: [
      'DL3034',
      'DF043',
      'kics:missing_zypper_non_interactive_switch',
      'semgrep:missing-zypper-no-confirm-switch',
    ],
    fixable: 'safe',
    messages: {
      asks: '`{tool} {subcommand}` without -y prompts, and a build cannot answer',
      add: 'Add -y',
    },
    docs: {
      description: 'Answer the prompts of zypper with -y',
      rationale:
        'If a package has dependencies, the package manager asks before it continues. A build cannot answer, so the package manager aborts and the build fails.',
      fixSafety: 'Safe: the requested packages are installed.',
      bad: ['FROM opensuse/leap:15.6\nRUN zypper install curl\n'],
      good: ['FROM opensuse/leap:15.6\nRUN zypper install -y curl\n'],
      references: ['https://en.opensuse.org/SDB:Zypper_manual'],
    },
  },
  visits: { tools: ['zypper'] },
  create: ({ report }) => ({
    command(command, on) {
      const question = unansweredQuestion(command, on, CHECK);
      if (!question) return;
      report(question.span, 'asks', {
        data: { tool: command.name, subcommand: question.value },
        fix: { title: 'add', safety: 'safe', edits: [addOption(question, '-y')] },
      });
    },
  }),
});

const CHECK = {
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
};
