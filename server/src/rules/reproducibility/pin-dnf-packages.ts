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
      unpinned: '`{name}` has no pinned version',
      pin: 'Pin the version: `name-version`',
    },
    docs: {
      description: 'Pin the version of every package that dnf install installs',
      rationale:
        'The repositories of most releases keep no old versions, so a pin breaks the build with the next update. Off by default for this reason. Enable it if packages come from your own mirror.',
      fixSafety: { manual: 'the Dockerfile does not say which version you need.' },
      bad: ['FROM fedora:40\nRUN dnf install -y curl\n'],
      good: ['FROM fedora:40\nRUN dnf install -y curl-8.6.0\n'],
      references: ['https://dnf.readthedocs.io/en/latest/command_ref.html#specifying-packages'],
    },
  },
  visits: { tools: ['dnf', 'yum', 'microdnf', 'dnf5'] },
  create: ({ settings, report }) => ({
    command(command, on) {
      for (const word of unpinnedPackages(command, on, CHECK, settings.dialect)) {
        report(word.span, 'unpinned', {
          alias: command.name === 'yum' ? 'DL3033' : 'DL3041',
          data: { name: word.value },
          fix: { title: 'pin', safety: 'manual' },
        });
      }
    },
  }),
});

const CHECK = {
  tools: ['dnf', 'yum', 'microdnf', 'dnf5'],
  subcommands: ['install', 'in', 'install-n', 'install-na', 'reinstall', 'rei', 'localinstall'],
  /** `name-1.2`, `@group`. A digit after a hyphen may be part of the name or of a version. */
  isPinned: (name: string) => /-[\d$]|@|^(?:group|module):|[=<>]/.test(name),
};
