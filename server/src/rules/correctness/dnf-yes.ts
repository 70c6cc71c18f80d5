import { addOption } from '../../dockerfile/edits/addOption';
import { lineage } from '../../dockerfile/lineage';
import type { Instruction } from '../../dockerfile/model';
import { defineRule } from '../../engine/rule';
import type { ShellCommand } from '../../shell/script';
import type { Word } from '../../text/word';
import { unansweredQuestion } from '../shared/assumeYes';

export default defineRule({
  meta: {
    id: 'dnf-yes',
    group: 'correctness',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    scope: 'instruction',
    aliases: [
      'DL3030',
      'DL3038',
      'DF027',
      'kics:yum_install_allows_manual_input',
      'kics:missing_flag_from_dnf_install',
      'semgrep:missing-yum-assume-yes-switch',
      'semgrep:missing-dnf-assume-yes-switch',
    ],
    fixable: 'safe',
    messages: {
      asks: '`{tool} {subcommand}` without -y prompts, and a build cannot answer',
      add: 'Add -y',
    },
    docs: {
      description: 'Answer the prompts of dnf and yum with -y',
      rationale:
        'If a package has dependencies, the package manager asks before it continues. A build cannot answer, so the package manager aborts and the build fails. microdnf asks only on Fedora.',
      fixSafety: 'Safe: the requested packages are installed.',
      bad: ['FROM fedora:40\nRUN dnf install curl\n'],
      good: ['FROM fedora:40\nRUN dnf install -y curl\n'],
      references: ['https://dnf.readthedocs.io/en/latest/command_ref.html#options'],
    },
  },
  visits: { tools: ['dnf', 'dnf5', 'yum', 'microdnf'] },
  create: ({ report }) => ({
    command(command, on) {
      const question = unansweredQuestion(command, on, CHECK);
      // `dnf module list` and the like ask nothing.
      const isOther = /^(?:module|group)$/.test(question?.value ?? '') && !ASKING.test(nextWord(command, question));
      if (!question || isOther || (command.name === 'microdnf' && !isFedora(on))) return;
      report(question.span, 'asks', {
        data: { tool: command.name, subcommand: question.value },
        fix: { title: 'add', safety: 'safe', edits: [addOption(question, '-y')] },
      });
    },
  }),
});

const ASKING = /^(?:install|enable|disable|reset|remove|update|upgrade|switch-to)$/;

function nextWord({ words }: ShellCommand, word: Word | undefined): string {
  return (
    words.slice(word ? words.indexOf(word) + 1 : words.length).find(({ value }) => !value.startsWith('-'))?.value ?? ''
  );
}

/** There microdnf is dnf5; the small microdnf of RHEL's family never asks. */
function isFedora({ stage }: Instruction): boolean {
  const base = stage && lineage(stage)[0]?.base;
  return base?.kind === 'image' && /(?:^|\/)fedora(?:-minimal)?$/.test(base.image.repository);
}

const CHECK = {
  tools: ['dnf', 'dnf5', 'yum', 'microdnf'],
  subcommands: [
    'install',
    'in',
    'up',
    'up-min',
    'upgrade-minimal',
    'update-minimal',
    'module',
    'group',
    'reinstall',
    'update',
    'upgrade',
    'remove',
    'erase',
    'groupinstall',
    'localinstall',
    'distro-sync',
    'downgrade',
  ],
  options: ['-y', '--assumeyes', '--assumeno'],
};
