import { defineRule } from '../../engine/rule';
import { unpinnedPackages } from '../shared/unpinned';

export default defineRule({
  meta: {
    id: 'pin-dnf-packages',
    group: 'reproducibility',
    severity: 'info',
    recommended: false,
    since: '0.1.0',
    scope: 'instruction',
    aliases: [
      'DL3033',
      'DL3041',
      'kics:yum_install_without_version',
      'kics:missing_version_specification_in_dnf_install',
    ],
    fixable: 'manual',
    messages: {
      unpinned: '`{name}` is installed without a version',
      pin: 'Name a version: `name-version`',
    },
    docs: {
      description: 'Name the version of every package that dnf install gets',
      rationale:
        'The repositories of most releases keep no old versions, so that a build with pins breaks with the next fix: off by default. Switch it on where packages come from a mirror of your own.',
      fixSafety: 'Explained only: which version is meant, no file tells.',
      bad: ['FROM fedora:40\nRUN dnf install -y curl\n'],
      good: ['FROM fedora:40\nRUN dnf install -y curl-8.6.0\n'],
      references: ['https://dnf.readthedocs.io/en/latest/command_ref.html#specifying-packages'],
    },
  },
  visits: { tools: ['dnf', 'yum', 'microdnf', 'dnf5'] },
  create: ({ report }) => ({
    command(command, on) {
      for (const word of unpinnedPackages(command, on, CHECK)) {
        report(word.span, 'unpinned', { data: { name: word.value }, fix: { title: 'pin', safety: 'manual' } });
      }
    },
  }),
});

const CHECK = {
  tools: ['dnf', 'yum', 'microdnf', 'dnf5'],
  subcommands: ['install', 'reinstall'],
  /** `name-1.2`, `@group`; a name with a digit behind a dash may be one or the other. */
  isPinned: (name: string) => /-\d|@|^(?:group|module):|[=<>]/.test(name),
};
