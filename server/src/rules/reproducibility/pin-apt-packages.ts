import { defineRule } from '../../engine/rule';
import { unpinnedPackages } from '../shared/unpinned';

export default defineRule({
  meta: {
    id: 'pin-apt-packages',
    group: 'reproducibility',
    severity: 'info',
    recommended: false,
    since: '0.1.0',
    scope: 'instruction',
    aliases: ['DL3008', 'DF005', 'kics:apt_get_install_pin_version_not_defined'],
    fixable: 'manual',
    messages: {
      unpinned: '`{name}` has no pinned version',
      pin: 'Pin the version: `name=version`',
    },
    docs: {
      description: 'Pin the version of every package that apt-get install installs',
      rationale:
        "Debian's mirrors remove a version as soon as a newer one is released, so a pin breaks the build with the next security update. Off by default for this reason. Enable it if packages come from a snapshot or your own mirror.",
      fixSafety: { manual: 'the Dockerfile does not say which version you need.' },
      bad: ['FROM debian:12\nRUN apt-get update && apt-get install -y curl\n'],
      good: ['FROM debian:12\nRUN apt-get update && apt-get install -y curl=7.88.1-10*\n'],
      references: ['https://manpages.debian.org/bookworm/apt/apt-get.8.en.html'],
    },
  },
  visits: { tools: ['apt-get', 'apt'] },
  create: ({ settings, report }) => ({
    command(command, on) {
      // hadolint only checks apt-get.
      if (settings.dialect === 'hadolint' && command.name === 'apt') return;
      for (const word of unpinnedPackages(command, on, CHECK, settings.dialect)) {
        report(word.span, 'unpinned', { data: { name: word.value }, fix: { title: 'pin', safety: 'manual' } });
      }
    },
  }),
});

const CHECK = {
  tools: ['apt-get', 'apt'],
  subcommands: ['install'],
  /** `name=1.2`, `name/release`; `name-` removes it. */
  isPinned: (name: string) => /=|\/|[-+]$/.test(name),
};
