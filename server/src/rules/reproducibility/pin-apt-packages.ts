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
      unpinned: '`{name}` is installed without a version',
      pin: 'Name a version: `name=version`',
    },
    docs: {
      description: 'Name the version of every package that apt-get install gets',
      rationale:
        "Debian's mirrors drop a version as soon as a newer one is out, so that a build with pins breaks with the next security fix: off by default. Switch it on where packages come from a snapshot or a mirror of your own.",
      fixSafety: 'Explained only: which version is meant, no file tells.',
      bad: ['FROM debian:12\nRUN apt-get update && apt-get install -y curl\n'],
      good: ['FROM debian:12\nRUN apt-get update && apt-get install -y curl=7.88.1-10*\n'],
      references: ['https://manpages.debian.org/bookworm/apt/apt-get.8.en.html'],
    },
  },
  visits: { tools: ['apt-get', 'apt'] },
  create: ({ report }) => ({
    command(command, on) {
      for (const word of unpinnedPackages(command, on, CHECK)) {
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
