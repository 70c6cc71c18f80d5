import { defineRule } from '../../engine/rule';
import { unpinnedPackages } from '../shared/unpinned';

export default defineRule({
  meta: {
    id: 'pin-zypper-packages',
    group: 'reproducibility',
    severity: 'info',
    recommended: false,
    since: '0.1.0',
    scope: 'instruction',
    aliases: ['DL3037', 'kics:zypper_install_without_version'],
    fixable: 'manual',
    messages: {
      unpinned: '`{name}` has no pinned version',
      pin: 'Pin the version: `name=version`',
    },
    docs: {
      description: 'Pin the version of every package that zypper install installs',
      rationale:
        'Updates replace the versions in the repositories, so a pin breaks the build with the next update. Off by default for this reason.',
      fixSafety: { manual: 'the Dockerfile does not say which version you need.' },
      bad: ['FROM opensuse/leap:15.6\nRUN zypper -n install curl\n'],
      good: ['FROM opensuse/leap:15.6\nRUN zypper -n install curl=8.0.1\n'],
      references: ['https://en.opensuse.org/SDB:Zypper_manual'],
    },
  },
  visits: { tools: ['zypper'] },
  create: ({ settings, report }) => ({
    command(command, on) {
      for (const word of unpinnedPackages(command, on, CHECK, settings.dialect)) {
        report(word.span, 'unpinned', { data: { name: word.value }, fix: { title: 'pin', safety: 'manual' } });
      }
    },
  }),
});

const CHECK = {
  tools: ['zypper'],
  subcommands: ['install', 'in'],
  /** `name=1.2`, `name>=1`. */
  isPinned: (name: string) => /[=<>]|\.rpm$/.test(name),
};
