import { defineRule } from '../../engine/rule';
import { unpinnedPackages } from '../shared/unpinned';

export default defineRule({
  meta: {
    id: 'pin-apk-packages',
    group: 'reproducibility',
    severity: 'info',
    recommended: false,
    since: '0.1.0',
    scope: 'instruction',
    aliases: ['DL3018', 'DF052', 'kics:unpinned_package_version_in_apk_add'],
    fixable: 'manual',
    messages: {
      unpinned: '`{name}` is installed without a version',
      pin: 'Name a version: `name=version` or `name~=version`',
    },
    docs: {
      description: 'Name the version of every package that apk add gets',
      rationale:
        "Alpine drops old versions from a release's repository, so that a build with exact pins breaks with the next fix: off by default. `~=` keeps to a version and takes its fixes.",
      fixSafety: 'Explained only: which version is meant, no file tells.',
      bad: ['FROM alpine:3.20\nRUN apk add --no-cache curl\n'],
      good: ['FROM alpine:3.20\nRUN apk add --no-cache curl~=8.9\n'],
      references: ['https://wiki.alpinelinux.org/wiki/Alpine_Package_Keeper'],
    },
  },
  visits: { tools: ['apk'] },
  create: ({ report }) => ({
    command(command, on) {
      for (const word of unpinnedPackages(command, on, CHECK)) {
        report(word.span, 'unpinned', { data: { name: word.value }, fix: { title: 'pin', safety: 'manual' } });
      }
    },
  }),
});

const CHECK = {
  tools: ['apk'],
  subcommands: ['add'],
  /** `name=1.2-r0`, `name~1.2`, `name>1`, `name@repository`. */
  isPinned: (name: string) => /[=<>~@]/.test(name),
};
