import { cleaningRule } from '../shared/cleanAfterInstall';

export default cleaningRule({
  id: 'zypper-clean',
  aliases: [
    'DL3036',
    'DS-0020',
    'DS020',
    'AVD-DS-0020',
    'DF045',
    'kics:missing_zypper_clean',
    'semgrep:missing-zypper-clean',
  ],
  tools: ['zypper'],
  installs: ({ subcommand }) => INSTALLS.has(subcommand?.value ?? ''),
  caches: ['/var/cache/zypp'],
  cleans: ['clean', 'cc'],
  command: 'clean --all',
  docs: {
    description: 'Clean the zypper cache in the RUN that installs',
    rationale:
      'zypper keeps repository metadata and downloaded packages under `/var/cache/zypp`. They stay in the layer unless the same RUN removes them; a later RUN only hides them.',
    bad: ['FROM opensuse/leap:15.6\nRUN zypper -n install curl\n'],
    good: ['FROM opensuse/leap:15.6\nRUN zypper -n install curl && zypper clean --all\n'],
    references: ['https://en.opensuse.org/SDB:Zypper_manual'],
  },
});

const INSTALLS = new Set([
  'install',
  'in',
  'update',
  'up',
  'patch',
  'dist-upgrade',
  'dup',
  'remove',
  'rm',
  'source-install',
  'si',
]);
