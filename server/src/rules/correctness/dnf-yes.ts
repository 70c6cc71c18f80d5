import { lineage } from '../../dockerfile/lineage';
import type { Instruction } from '../../dockerfile/model';
import type { RuleSettings } from '../../engine/ruleSettings';
import type { ShellCommand } from '../../shell/script';
import type { Word } from '../../text/word';
import { yesRule } from '../shared/assumeYes';

export default yesRule({
  id: 'dnf-yes',
  aliases: [
    'DL3030',
    'DL3038',
    'DF027',
    'kics:yum_install_allows_manual_input',
    'kics:missing_flag_from_dnf_install',
    'semgrep:missing-yum-assume-yes-switch',
    'semgrep:missing-dnf-assume-yes-switch',
  ],
  aliasOf: { yum: 'DL3030', dnf: 'DL3038', dnf5: 'DL3038', microdnf: 'DL3038' },
  tools: ['dnf', 'dnf5', 'yum', 'microdnf', 'tdnf'],
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
    'rei',
    'install-n',
    'install-na',
    'install-nevra',
    'update',
    'upgrade',
    'remove',
    'erase',
    'groupinstall',
    'localinstall',
    'distro-sync',
    'distrosync',
    'dsync',
    'downgrade',
    'swap',
    'autoremove',
    'rm',
    'builddep',
    'groupupdate',
    'groupremove',
    'environment',
    'history',
  ],
  options: ['-y', '--assumeyes', '--assumeno'],
  isAnswered: asksNothing,
  docs: {
    description: 'Answer the prompts of dnf and yum with -y',
    rationale:
      'If a package has dependencies, the package manager asks before it continues. A build cannot answer, so the package manager aborts and the build fails. microdnf asks only on Fedora.',
    bad: ['FROM fedora:40\nRUN dnf install curl\n'],
    good: ['FROM fedora:40\nRUN dnf install -y curl\n'],
    references: ['https://dnf.readthedocs.io/en/latest/command_ref.html#options'],
  },
});

/** `dnf module list`, `dnf history info` and the like do not prompt. */
function asksNothing(
  command: ShellCommand,
  question: Word,
  { on, settings }: { readonly on: Instruction; readonly settings: RuleSettings },
): boolean {
  const isOther =
    /^(?:module|group|environment|history)$/.test(question.value) && !ASKING.test(nextWord(command, question));
  // hadolint asks for -y here too.
  const isSet = command.words.some(({ value }) => /^--setopt=assumeyes=(?:1|true|yes)$/i.test(value));
  return isOther || isSet || (command.name === 'microdnf' && settings.dialect !== 'hadolint' && !isFedora(on));
}

const ASKING = /^(?:install|enable|disable|reset|remove|update|upgrade|switch-to|undo|redo|rollback)$/;

function nextWord({ words }: ShellCommand, word: Word): string {
  return words.slice(words.indexOf(word) + 1).find(({ value }) => !value.startsWith('-'))?.value ?? '';
}

/** On Fedora microdnf is dnf5. The older microdnf of the RHEL family never prompts. */
function isFedora({ stage }: Instruction): boolean {
  const base = stage && lineage(stage)[0]?.base;
  return base?.kind === 'image' && /(?:^|\/)fedora(?:-minimal)?$/.test(base.image.repository);
}
