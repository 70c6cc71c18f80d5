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
      unpinned: '`{name}` has no pinned version',
      pin: 'Pin the version: `name=version` or `name~=version`',
    },
    docs: {
      description: 'Pin the version of every package that apk add installs',
      rationale:
        'Alpine removes old versions from the repository of a release, so an exact pin breaks the build with the next update. `~=` pins a version and still accepts its fixes. Off by default for this reason.',
      fixSafety: { manual: 'the Dockerfile does not say which version you need.' },
      bad: ['FROM alpine:3.20\nRUN apk add --no-cache curl\n'],
      good: ['FROM alpine:3.20\nRUN apk add --no-cache curl~=8.9\n'],
      references: ['https://wiki.alpinelinux.org/wiki/Alpine_Package_Keeper'],
    },
  },
  visits: { tools: ['apk'] },
  create: ({ settings, report }) => ({
    command(command, on) {
      for (const word of unpinnedPackages(command, on, CHECK, settings.dialect)) {
        report(word.span, 'unpinned', { data: { name: word.value }, fix: { title: 'pin', safety: 'manual' } });
      }
    },
  }),
});

const CHECK = {
  tools: ['apk'],
  subcommands: ['add'],
  /** `name=1.2-r0`, `name~1.2`, `name>1`; `name@edge` names a repository only. */
  isPinned: (name: string) => /[=<>~]/.test(name),
};
